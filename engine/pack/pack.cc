#include "pack.h"

#include <Ppmd7.h>

extern "C" {
#include "code_streams.h"
}

#include <memory>
#include <new>
#include <vector>

namespace waymark {
namespace {

// Measured on the guideline texts and on the engine's streams: longer contexts and more memory pack no better.
constexpr unsigned text_order = 20, code_order = 12, model_megabytes = 48;

void* allocate(ISzAllocPtr, std::size_t size) { return ::operator new(size); }
void release(ISzAllocPtr, void* address) { ::operator delete(address); }
constexpr ISzAlloc allocator{allocate, release};

struct Output : IByteOut {
  std::string bytes;
};
void write_byte(IByteOutPtr output, Byte byte) {
  static_cast<Output*>(const_cast<IByteOut*>(output))->bytes.push_back(static_cast<char>(byte));
}
void write_number(std::string& bytes, std::size_t number) {
  for (int shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<char>(number >> shift));
}

std::string packed_part(std::string_view bytes, unsigned order) {
  Output output;
  output.Write = write_byte;
  const auto model = std::make_unique<CPpmd7>();
  model->rc.enc.Stream = &output;
  Ppmd7_Construct(model.get());
  Ppmd7_Alloc(model.get(), model_megabytes << 20, &allocator);
  Ppmd7z_Init_RangeEnc(model.get());
  Ppmd7_Init(model.get(), order);
  const auto* first = reinterpret_cast<const Byte*>(bytes.data());
  Ppmd7z_EncodeSymbols(model.get(), first, first + bytes.size());
  Ppmd7z_Flush_RangeEnc(model.get());
  Ppmd7_Free(model.get(), &allocator);
  return std::move(output.bytes);
}

Bytes all_of(std::string& bytes) {
  auto* const first = reinterpret_cast<Byte*>(bytes.data());
  return {first, first + bytes.size()};
}

// None where `bytes` are no module, or would not come back as they are.
std::vector<std::string> streams_of(std::string_view bytes) {
  std::string whole(bytes);
  std::vector<std::string> streams(stream_count, std::string(bytes.size(), 0));
  Module module{all_of(whole), {}};
  for (int i = 0; i < stream_count; ++i) module.streams[i] = all_of(streams[i]);
  if (!take_apart(&module)) return {};
  for (int i = 0; i < stream_count; ++i) streams[i].resize(streams[i].size() - (module.streams[i].end - module.streams[i].next));

  std::string back(bytes.size(), 0);
  module.whole = all_of(back);
  for (int i = 0; i < stream_count; ++i) module.streams[i] = all_of(streams[i]);
  return put_together(&module) && back == bytes ? streams : std::vector<std::string>();
}

}  // namespace

std::string pack(std::string_view bytes) {
  std::vector<std::string> parts = streams_of(bytes);
  const unsigned order = parts.empty() ? text_order : code_order;
  if (parts.empty()) parts.emplace_back(bytes);

  std::string packed;
  write_number(packed, bytes.size());
  for (const unsigned byte : {order, model_megabytes, static_cast<unsigned>(parts.size())}) packed.push_back(static_cast<char>(byte));
  for (const std::string& part : parts) {
    const std::string stream = packed_part(part, order);
    write_number(packed, part.size());
    write_number(packed, stream.size());
    packed += stream;
  }
  return packed;
}

}  // namespace waymark
