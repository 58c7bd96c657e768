#include "pack.h"

#include <Ppmd7.h>

#include <memory>
#include <new>

namespace waymark {
namespace {

// Measured on the guideline texts and on the engine: longer contexts and more memory pack no better.
constexpr unsigned order = 14, model_megabytes = 32;

void* allocate(ISzAllocPtr, std::size_t size) { return ::operator new(size); }
void release(ISzAllocPtr, void* address) { ::operator delete(address); }
constexpr ISzAlloc allocator{allocate, release};

struct Output : IByteOut {
  std::string bytes;
};
void write_byte(IByteOutPtr output, Byte byte) {
  static_cast<Output*>(const_cast<IByteOut*>(output))->bytes.push_back(static_cast<char>(byte));
}

}  // namespace

std::string pack(std::string_view bytes) {
  Output output;
  output.Write = write_byte;
  for (int shift = 0; shift < 32; shift += 8) output.bytes.push_back(static_cast<char>(bytes.size() >> shift));
  output.bytes.push_back(static_cast<char>(order));
  output.bytes.push_back(static_cast<char>(model_megabytes));

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

}  // namespace waymark
