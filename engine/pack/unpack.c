// The page's own unpacker, a small WebAssembly for itself: undoes pack.cc with 7-Zip's PPMd, and nothing else.
// JavaScript writes the packed bytes to `room(n)`, calls `unpack`, and reads the result out of the memory.
#include "Ppmd7.h"

#include "code_streams.h"

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
static size_t read_number(void) {
  size_t number = 0;
  for (int shift = 0; shift < 32; shift += 8) number |= (size_t)read_byte(&input) << shift;
  return number;
}

static CPpmd7 model;

static struct Bytes unpack_part(unsigned order) {
  const struct Bytes none = {NULL, NULL};
  const size_t size = read_number(), packed = read_number();
  const Byte* const after = packed < (size_t)(end - next) ? next + packed : end;
  Byte* const bytes = room(size);
  if (!bytes || !Ppmd7z_RangeDec_Init(&model.rc.dec)) return none;
  Ppmd7_Init(&model, order);
  for (size_t i = 0; i < size; ++i) {
    const int byte = Ppmd7z_DecodeSymbol(&model);
    if (byte < 0) return none;
    bytes[i] = (Byte)byte;
  }
  next = after;
  return (struct Bytes){bytes, bytes + size};
}

// The bytes packed, as many as the first four bytes say; NULL where there is no memory or the packed bytes are damaged.
EXPORT("unpack") Byte* unpack(const Byte* packed, size_t packed_size) {
  next = packed, end = packed + packed_size;
  const size_t size = read_number();
  const unsigned order = read_byte(&input), model_megabytes = read_byte(&input), parts = read_byte(&input);
  if (order < PPMD7_MIN_ORDER || order > PPMD7_MAX_ORDER) return NULL;
  model.rc.dec.Stream = &input;
  Ppmd7_Construct(&model);
  if (!Ppmd7_Alloc(&model, model_megabytes << 20, &allocator)) return NULL;
  if (parts == 1) return unpack_part(order).next;
  if (parts != stream_count) return NULL;

  struct Module module;
  for (int i = 0; i < stream_count; ++i) {
    module.streams[i] = unpack_part(order);
    if (!module.streams[i].next) return NULL;
  }
  Byte* const whole = room(size);
  module.whole = (struct Bytes){whole, whole + size};
  return whole && put_together(&module) ? whole : NULL;
}
