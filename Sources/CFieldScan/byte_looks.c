#include "field_scan.h"

#include <string.h>

uint64_t casecheck_mixed(const uint8_t *bytes, size_t count, uint64_t sum) {
  // Eight independent sums, because each step of a sum has to wait for the one before.
  enum { lanes = 8 };
  const uint64_t factor = 0x9E3779B97F4A7C15u;
  uint64_t sums[lanes] = {sum, 1, 2, 3, 4, 5, 6, 7};
  size_t place = 0;
  for (; place + 8 * lanes <= count; place += 8 * lanes) {
    uint64_t words[lanes];
    memcpy(words, bytes + place, sizeof words);
    for (int lane = 0; lane < lanes; lane++) {
      sums[lane] = (sums[lane] ^ words[lane]) * factor;
      sums[lane] ^= sums[lane] >> 29;
    }
  }
  uint64_t mixed = sums[0];
  for (int lane = 1; lane < lanes; lane++) mixed = (mixed ^ sums[lane]) * factor;
  for (; place < count; place++) mixed = (mixed ^ bytes[place]) * 0x100000001B3u;
  return mixed;
}

size_t casecheck_count(const uint8_t *bytes, size_t count, uint8_t wanted) {
  size_t found = 0, place = 0;
  // 128 at a time, no more than a byte can count, so that the compiler compares many at once.
  for (; place + 128 <= count; place += 128) {
    uint8_t some = 0;
    for (int i = 0; i < 128; i++) some += bytes[place + (size_t)i] == wanted;
    found += some;
  }
  for (; place < count; place++) found += bytes[place] == wanted;
  return found;
}

// Looks through the bytes from a place on; `look` is what was seen before it.
static casecheck_look look_on(const uint8_t *bytes, size_t count, uint8_t quote, size_t place,
                              casecheck_look look) {
  for (; place < count; place++) {
    uint8_t byte = bytes[place];
    if (byte == '\n') look.line_ends++;
    if (byte == '\r' && place + 1 < count && bytes[place + 1] != '\n') look.line_ends++;
    if (byte == quote) look.quotes++;
    if ((uint8_t)(byte - 1) >= 127) look.is_ascii = 0;
  }
  return look;
}

static size_t first_other(const uint8_t *bytes, size_t count, size_t place) {
  while (place < count && (uint8_t)(bytes[place] - 1) < 127) place++;
  return place;
}

// As signed numbers, the bytes 1 to 127 are those greater than 0.

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx2"))) static size_t first_other_avx2(const uint8_t *bytes,
                                                               size_t count) {
  const __m256i zero = _mm256_setzero_si256();
  size_t place = 0;
  for (; place + 64 <= count; place += 64) {
    __m256i a = _mm256_loadu_si256((const __m256i *)(bytes + place));
    __m256i b = _mm256_loadu_si256((const __m256i *)(bytes + place + 32));
    // The lesser of two signed numbers is greater than 0 only if both are.
    __m256i both = _mm256_cmpgt_epi8(_mm256_min_epi8(a, b), zero);
    if (_mm256_movemask_epi8(both) != -1) break;
  }
  return first_other(bytes, count, place);
}

__attribute__((target("avx2,popcnt"))) static casecheck_look look_avx2(const uint8_t *bytes,
                                                                       size_t count,
                                                                       uint8_t quote) {
  const __m256i zero = _mm256_setzero_si256();
  const __m256i lf = _mm256_set1_epi8('\n'), cr = _mm256_set1_epi8('\r');
  const __m256i q = _mm256_set1_epi8((char)quote);
  __m256i least = _mm256_set1_epi8(1);
  casecheck_look look = {0, 0, 1};
  size_t place = 0;
  // The byte after each block must be there, to tell whether it is the LF of a CR that ends the
  // block.
  for (; place + 65 <= count; place += 64) {
    __m256i a = _mm256_loadu_si256((const __m256i *)(bytes + place));
    __m256i b = _mm256_loadu_si256((const __m256i *)(bytes + place + 32));
    least = _mm256_min_epi8(least, _mm256_min_epi8(a, b));
    uint64_t feeds = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, lf)) |
                     (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, lf)) << 32;
    uint64_t returns = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, cr)) |
                       (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, cr)) << 32;
    uint64_t behind = feeds >> 1 | (uint64_t)(bytes[place + 64] == '\n') << 63;
    look.line_ends += (size_t)__builtin_popcountll(feeds | (returns & ~behind));
    uint64_t quotes = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, q)) |
                      (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, q)) << 32;
    look.quotes += (size_t)__builtin_popcountll(quotes);
  }
  look.is_ascii = _mm256_movemask_epi8(_mm256_cmpgt_epi8(least, zero)) == -1;
  return look_on(bytes, count, quote, place, look);
}

static size_t first_other_sse2(const uint8_t *bytes, size_t count) {
  const __m128i zero = _mm_setzero_si128();
  size_t place = 0;
  for (; place + 16 <= count; place += 16) {
    __m128i a = _mm_loadu_si128((const __m128i *)(bytes + place));
    if (_mm_movemask_epi8(_mm_cmpgt_epi8(a, zero)) != 0xFFFF) break;
  }
  return first_other(bytes, count, place);
}

casecheck_look casecheck_look_at(const uint8_t *bytes, size_t count, uint8_t quote) {
  if (__builtin_cpu_supports("avx2")) return look_avx2(bytes, count, quote);
  casecheck_look look = {0, 0, 1};
  return look_on(bytes, count, quote, 0, look);
}

size_t casecheck_first_other(const uint8_t *bytes, size_t count) {
  if (__builtin_cpu_supports("avx2")) return first_other_avx2(bytes, count);
  return first_other_sse2(bytes, count);
}

#elif defined(__aarch64__)
#include <arm_neon.h>

casecheck_look casecheck_look_at(const uint8_t *bytes, size_t count, uint8_t quote) {
  casecheck_look look = {0, 0, 1};
  return look_on(bytes, count, quote, 0, look);
}

size_t casecheck_first_other(const uint8_t *bytes, size_t count) {
  size_t place = 0;
  for (; place + 16 <= count; place += 16) {
    if (vminvq_s8(vreinterpretq_s8_u8(vld1q_u8(bytes + place))) <= 0) break;
  }
  return first_other(bytes, count, place);
}

#else

casecheck_look casecheck_look_at(const uint8_t *bytes, size_t count, uint8_t quote) {
  casecheck_look look = {0, 0, 1};
  return look_on(bytes, count, quote, 0, look);
}

size_t casecheck_first_other(const uint8_t *bytes, size_t count) {
  return first_other(bytes, count, 0);
}

#endif
