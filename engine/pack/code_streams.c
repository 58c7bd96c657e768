#include "code_streams.h"

#include <string.h>

// One walk over the module for both ways: each byte is moved between the whole and its stream, and told.
struct Walk {
  struct Module* module;
  int apart, failed;
};

static int move(struct Walk* walk, enum Stream stream) {
  struct Bytes* whole = &walk->module->whole;
  struct Bytes* part = &walk->module->streams[stream];
  if (whole->next == whole->end || part->next == part->end) {
    walk->failed = 1;
    return 0;
  }
  const Byte byte = walk->apart ? *whole->next : *part->next;
  *whole->next++ = *part->next++ = byte;
  return byte;
}

static void move_some(struct Walk* walk, enum Stream stream, size_t count) {
  while (count-- > 0 && !walk->failed) move(walk, stream);
}

// A number as LEB128.
static size_t move_number(struct Walk* walk, enum Stream stream) {
  size_t number = 0;
  int shift = 0, byte;
  do {
    byte = move(walk, stream);
    number |= (size_t)(byte & 127) << shift;
    shift += 7;
  } while (byte & 128 && shift < 64);
  return number;
}

// Constants of three bytes and more are addresses and sizes, and follow other laws than small ones. Among the operators they stand
// as one that WebAssembly does not have.
enum { i32_const = 0x41, large_const = 0xff };

static int move_operator(struct Walk* walk) {
  struct Bytes* whole = &walk->module->whole;
  struct Bytes* part = &walk->module->streams[operators];
  if (walk->apart && whole->end - whole->next > 3 && whole->next[0] == i32_const && whole->next[1] & 128 && whole->next[2] & 128) {
    if (part->next == part->end) return walk->failed = 1;
    ++whole->next;
    return *part->next++ = large_const;
  }
  const int read = move(walk, operators);
  if (!walk->apart && read == large_const) whole->next[-1] = i32_const;
  return read;
}

static void move_instructions(struct Walk* walk) {
  for (int depth = 1; depth > 0 && !walk->failed;) {
    const int operator = move_operator(walk);
    if (operator >= 0x28 && operator <= 0x3e) {  // load and store: alignment, offset
      move_number(walk, operators);
      move_number(walk, offsets);
      continue;
    }
    if (operator >= 0x45 && operator <= 0xc4) continue;  // arithmetic
    switch (operator) {
      case 0x02: case 0x03: case 0x04: case 0x06:  // block, loop, if, try: type
        ++depth;
        move_number(walk, operators);
        break;
      case 0x18:  // delegate
        move_number(walk, operators);
        --depth;
        break;
      case 0x0b:  // end
        --depth;
        break;
      case 0x00: case 0x01: case 0x05: case 0x0f: case 0x19: case 0x1a: case 0x1b:
        break;
      case 0x09: case 0x0c: case 0x0d: case 0x10:  // rethrow, br, br_if, call
        move_number(walk, operators);
        break;
      case 0x20: case 0x21: case 0x22:
        move_number(walk, locals);
        break;
      case i32_const: case 0x42:
        move_number(walk, small_numbers);
        break;
      case large_const:
        move_number(walk, large_numbers);
        break;
      case 0x11:  // call_indirect: type, table
        move_number(walk, others);
        move_number(walk, others);
        break;
      case 0x07: case 0x08: case 0x23: case 0x24: case 0x3f: case 0x40:  // catch, throw, globals, memory
        move_number(walk, others);
        break;
      case 0x0e:  // br_table
        for (size_t count = move_number(walk, others) + 1; count > 0 && !walk->failed; --count) move_number(walk, others);
        break;
      case 0x43:
        move_some(walk, others, 4);
        break;
      case 0x44:
        move_some(walk, others, 8);
        break;
      case 0xfc: {
        const size_t extended = move_number(walk, others);
        if (extended == 10) move_some(walk, others, 2);       // memory.copy
        else if (extended == 11) move_some(walk, others, 1);  // memory.fill
        else if (extended > 7) walk->failed = 1;
        break;
      }
      default:
        walk->failed = 1;
    }
  }
}

static size_t length_of(size_t number) {
  size_t length = 1;
  while (number >>= 7) ++length;
  return length;
}

// The size of a body stands in front of it and follows from it: it is in no stream.
static void move_body(struct Walk* walk) {
  struct Bytes* whole = &walk->module->whole;
  if (walk->apart) {
    while (whole->next < whole->end && *whole->next & 128) ++whole->next;
    if (whole->next < whole->end) ++whole->next;
  }
  Byte* const start = whole->next;
  for (size_t groups = move_number(walk, declarations); groups > 0 && !walk->failed; --groups) {
    move_number(walk, declarations);
    move(walk, declarations);
  }
  move_instructions(walk);
  if (walk->apart) return;
  size_t size = (size_t)(whole->next - start);
  const size_t length = length_of(size);
  if ((size_t)(whole->end - whole->next) < length) {
    walk->failed = 1;
    return;
  }
  memmove(start + length, start, size);
  for (size_t i = 0; i < length; ++i, size >>= 7) start[i] = (Byte)((size & 127) | (i + 1 < length ? 128 : 0));
  whole->next += length;
}

static int move_module(struct Module* module, int apart) {
  struct Walk walk = {module, apart, 0};
  struct Bytes* whole = &module->whole;
  move_some(&walk, rest, 8);  // magic number and version
  while (!walk.failed && whole->next < whole->end) {
    const int section = move(&walk, rest);
    const size_t size = move_number(&walk, rest);
    if (section != 10) {
      move_some(&walk, rest, size);
    } else {
      for (size_t bodies = move_number(&walk, rest); bodies > 0 && !walk.failed; --bodies) move_body(&walk);
    }
  }
  return !walk.failed;
}

int take_apart(struct Module* module) { return move_module(module, 1); }
int put_together(struct Module* module) { return move_module(module, 0); }
