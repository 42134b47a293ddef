#include "field_scan.h"

#include <string.h>

static uint64_t word(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, sizeof word);
  return word;
}

// Both halves of a product, on each of which every bit of both factors tells.
static uint64_t folded(uint64_t a, uint64_t b) {
  unsigned __int128 product = (unsigned __int128)a * b;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

// Numbers without a pattern: digits of the fractions of pi and of the golden ratio.
static const uint64_t first_factor = 0x243F6A8885A308D3u, second_factor = 0x9E3779B97F4A7C15u;

// The first `count` bytes of a word, up to eight.
static uint64_t masked(uint64_t word, size_t count) {
  return count >= 8 ? word : word & (((uint64_t)1 << 8 * count) - 1);
}

// `within` says whether 16 bytes can be read from wherever in the cell.
static uint64_t of_cell(const uint8_t *bytes, size_t count, int within, uint64_t seed) {
  uint64_t sum = seed ^ count * second_factor;
  for (; count > 16; bytes += 16, count -= 16)
    sum = folded(word(bytes) ^ first_factor, word(bytes + 8) ^ sum);
  uint8_t rest[16];
  if (!within) {
    memset(rest, 0, sizeof rest);
    memcpy(rest, bytes, count);
    bytes = rest;
  }
  // Without a branch on the length, which differs from cell to cell.
  uint64_t low = masked(word(bytes), count);
  uint64_t high = masked(word(bytes + 8), count < 8 ? 0 : count - 8);
  return folded(low ^ first_factor, high ^ sum);
}

uint64_t casecheck_record_sum(const uint8_t *bytes, size_t count, const casecheck_field *fields,
                              uint32_t rows, uint32_t width, const uint64_t *seeds) {
  uint64_t sum = 0;
  for (uint32_t row = 0; row < rows; row++, fields += width) {
    uint64_t record = 0;
    for (uint32_t column = 0; column < width; column++) {
      casecheck_field field = fields[column];
      size_t start = (size_t)field.start, length = (size_t)(field.end - field.start);
      if (length > 0)
        record += of_cell(bytes + start, length, (size_t)field.end + 16 <= count, seeds[column]);
    }
    // Without this step two records could swap a cell.
    sum += folded(record ^ first_factor, ~record ^ second_factor);
  }
  return sum;
}
