// The page's own unpacker, a small WebAssembly for itself: undoes pack.cc with 7-Zip's PPMd, and nothing else.
// JavaScript writes the packed bytes to `room(n)`, calls `unpack`, and reads the result out of the memory.
#include "Ppmd7.h"

#define EXPORT(name) __attribute__((export_name(name)))

// Memory in a row, never given back: the module is let go after one use.
extern Byte __heap_base;
static size_t taken = 0;
EXPORT("room") Byte* room(size_t size) {
  const size_t start = taken ? taken : (size_t)&__heap_base;
  taken = (start + size + 15) / 16 * 16;
  const size_t pages = (taken + 65535) / 65536, there = __builtin_wasm_memory_size(0);
  if (pages > there && __builtin_wasm_memory_grow(0, pages - there) == (size_t)-1) return NULL;
  return (Byte*)start;
}
static void* allocate(ISzAllocPtr self, size_t size) { return (void)self, room(size); }
static void release(ISzAllocPtr self, void* address) { (void)self, (void)address; }
static const ISzAlloc allocator = {allocate, release};

static const Byte *next, *end;
static Byte read_byte(IByteInPtr self) { return (void)self, next < end ? *next++ : 0; }
static IByteIn input = {read_byte};

static CPpmd7 model;

// The bytes packed, as many as the first four bytes say but no more than `most` from the beginning; NULL where there is no memory
// or the packed bytes are damaged.
EXPORT("unpack") Byte* unpack(const Byte* packed, size_t packed_size, size_t most) {
  const size_t all = packed[0] | packed[1] << 8 | packed[2] << 16 | (size_t)packed[3] << 24;
  const size_t size = all < most ? all : most;
  const unsigned order = packed[4], model_megabytes = packed[5];
  next = packed + 6, end = packed + packed_size;
  Byte* const bytes = room(size);
  model.rc.dec.Stream = &input;
  Ppmd7_Construct(&model);
  if (!bytes || !Ppmd7_Alloc(&model, model_megabytes << 20, &allocator) || !Ppmd7z_RangeDec_Init(&model.rc.dec)) return NULL;
  Ppmd7_Init(&model, order);
  for (size_t i = 0; i < size; ++i) {
    const int byte = Ppmd7z_DecodeSymbol(&model);
    if (byte < 0) return NULL;
    bytes[i] = (Byte)byte;
  }
  return bytes;
}
