// The instructions of a WebAssembly module taken apart by kind, and put together again: operators with operators, locals with
// locals. Each kind foretells itself better than the mixture does: what PPMd makes of them is an eighth smaller.
// Source: WebAssembly core specification, version 2.0, chapter 5, and the exception handling proposal as Emscripten writes it.
#pragma once

#include <stddef.h>

typedef unsigned char Byte;

// `rest` is all that is no instruction: the module without the bodies of its functions.
enum Stream { rest, operators, locals, offsets, small_numbers, large_numbers, declarations, others, stream_count };

struct Bytes {
  Byte *next, *end;
};

struct Module {
  struct Bytes whole;
  struct Bytes streams[stream_count];
};

// From `whole`, a module, to `streams`, each with room for as many bytes; or from `streams` to `whole`. `next` goes along in all.
// Returns 0 where what is read is no module, holds an instruction that is not known here, or does not fit.
int take_apart(struct Module* module);
int put_together(struct Module* module);
