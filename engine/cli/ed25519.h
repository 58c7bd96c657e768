// Ed25519 signatures by OpenSSL: keys from PEM files, all else in base64. Knows nothing of guidelines.
#pragma once

#include <memory>
#include <optional>
#include <string>

struct evp_pkey_st;

namespace waymark::cli {

using Key = std::shared_ptr<evp_pkey_st>;

// Null where the text is no such key of Ed25519. A private key with a passphrase asks for it on the terminal.
Key private_key_from_pem(const std::string& pem);
Key public_key_from_pem(const std::string& pem);

// SubjectPublicKeyInfo, as between the lines of a PEM file.
std::string public_base64(const Key& key);

// Nothing where OpenSSL fails.
std::optional<std::string> signature_of(const std::string& message, const Key& key);

// Whether `signature` is one of `message` by `key`.
bool fits(const std::string& signature, const std::string& message, const std::string& key);

}  // namespace waymark::cli
