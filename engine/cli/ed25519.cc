#include "ed25519.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base64.h"

namespace waymark::cli {
namespace {

using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

const unsigned char* bytes_of(const std::string& text) { return reinterpret_cast<const unsigned char*>(text.data()); }

template <class Read>
Key key_from_pem(const std::string& pem, Read read) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> source(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
  Key key(read(source.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
  return key && EVP_PKEY_get_id(key.get()) == EVP_PKEY_ED25519 ? key : nullptr;
}

}  // namespace

Key private_key_from_pem(const std::string& pem) { return key_from_pem(pem, PEM_read_bio_PrivateKey); }
Key public_key_from_pem(const std::string& pem) { return key_from_pem(pem, PEM_read_bio_PUBKEY); }

std::string public_base64(const Key& key) {
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key.get(), &der);
  if (size < 0) return {};
  std::string text = to_base64({reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)});
  OPENSSL_free(der);
  return text;
}

std::optional<std::string> signature_of(const std::string& message, const Key& key) {
  const Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  std::string signature(64, '\0');
  std::size_t size = signature.size();
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes_of(message), message.size()) != 1)
    return std::nullopt;
  return to_base64(signature);
}

bool fits(const std::string& signature, const std::string& message, const std::string& key) {
  const std::string der = from_base64(key), bytes = from_base64(signature);
  const unsigned char* start = bytes_of(der);
  const Key known(d2i_PUBKEY(nullptr, &start, static_cast<long>(der.size())), EVP_PKEY_free);
  if (!known || EVP_PKEY_get_id(known.get()) != EVP_PKEY_ED25519) return false;
  const Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, known.get()) == 1 &&
         EVP_DigestVerify(context.get(), bytes_of(bytes), bytes.size(), bytes_of(message), message.size()) == 1;
}

}  // namespace waymark::cli
