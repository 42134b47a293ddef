#include "field_scan.h"

// The scan looks for delimiter, quote, CR and LF in blocks of 64 bytes. One word has a bit for each
// byte of a block, and the bits set are taken from the lowest on. Only whole blocks are loaded; the
// rest is scanned byte by byte.

typedef struct {
  const uint8_t *bytes;
  size_t count;
  uint8_t delimiter;
  uint8_t quote;
  casecheck_field *fields;
  uint32_t most;
  uint32_t found;
  size_t start;
  casecheck_line line;
} scan;

// Takes the special byte at a place; true if the line ends there or is in doubt.
static inline int take(scan *s, size_t place) {
  uint8_t byte = s->bytes[place];
  int is_delimiter = byte == s->delimiter;
  if (!is_delimiter && byte != '\n') {
    if (byte == s->quote) {
      s->line.outcome = casecheck_doubtful;
      return 1;
    }
    if (place + 1 == s->count) {
      s->line.outcome = casecheck_unended;
      return 1;
    }
    if (s->bytes[place + 1] != '\n') {
      s->line.outcome = casecheck_doubtful;
      return 1;
    }
  }
  if (s->found == s->most || place > INT32_MAX) {
    s->line.outcome = casecheck_doubtful;
    return 1;
  }
  s->fields[s->found].start = (int32_t)s->start;
  s->fields[s->found].end = (int32_t)place;
  s->found++;
  s->start = place + 1;
  if (is_delimiter) return 0;
  s->line.outcome = casecheck_plain;
  s->line.length = place;
  s->line.next = place + (byte == '\n' ? 1 : 2);
  return 1;
}

static inline int is_special(const scan *s, uint8_t byte) {
  return byte == s->delimiter || byte == '\n' || byte == '\r' || byte == s->quote;
}

static casecheck_line finish(scan *s, size_t place) {
  for (; place < s->count; place++) {
    if (is_special(s, s->bytes[place]) && take(s, place)) {
      s->line.fields = s->found;
      return s->line;
    }
  }
  s->line.outcome = casecheck_unended;
  s->line.fields = s->found;
  return s->line;
}

static scan begin(const uint8_t *bytes, size_t count, uint8_t delimiter, uint8_t quote,
                  casecheck_field *fields, uint32_t most) {
  scan s = {bytes, count, delimiter, quote, fields, most, 0, 0, {0, 0, 0, casecheck_unended}};
  return s;
}

static casecheck_line scan_portably(const uint8_t *bytes, size_t count, uint8_t delimiter,
                                    uint8_t quote, casecheck_field *fields, uint32_t most) {
  scan s = begin(bytes, count, delimiter, quote, fields, most);
  return finish(&s, 0);
}

// `MASK` gives a word with a bit for each special byte among the 64 at a pointer.
#define SCAN_BLOCKS(MASK)                                         \
  scan s = begin(bytes, count, delimiter, quote, fields, most);   \
  size_t place = 0;                                               \
  for (; place + 64 <= count; place += 64) {                      \
    uint64_t mask = MASK(bytes + place);                          \
    while (mask != 0) {                                           \
      if (take(&s, place + (size_t)__builtin_ctzll(mask))) {      \
        s.line.fields = s.found;                                  \
        return s.line;                                            \
      }                                                           \
      mask &= mask - 1;                                           \
    }                                                             \
  }                                                               \
  return finish(&s, place);

typedef struct {
  const casecheck_rows *rows;
  uint32_t found;
  uint32_t fields;
  // Where the current line and the current field start, and where that field is to be stored.
  size_t line;
  size_t start;
  casecheck_field *field;
} row_scan;

// Whether a line may be taken as a row. One that begins with a space may be blank, and a no-break
// space is C2 A0.
static inline int may_begin(const casecheck_rows *rows, size_t place) {
  return place < rows->count && place < rows->before && rows->bytes[place] > ' ' &&
         rows->bytes[place] != 0xC2 && rows->bytes[place] != rows->delimiter;
}

static inline row_scan begin_rows(const casecheck_rows *rows) {
  row_scan s = {rows, 0, 0, rows->from, rows->from, rows->fields};
  return s;
}

// Takes the special byte at a place; true if the line is not a row, or is the last one to take.
static inline int take_in_row(row_scan *s, size_t place) {
  const casecheck_rows *rows = s->rows;
  // This is the LF of a CRLF, which was taken with its CR.
  if (place < s->start) return 0;
  uint8_t byte = rows->bytes[place];
  if (s->fields == rows->width) return 1;
  s->field->start = (int32_t)s->start;
  s->field->end = (int32_t)place;
  s->field++;
  s->fields++;
  s->start = place + 1;
  if (byte == rows->delimiter) return 0;
  if (byte != '\n') {
    if (byte == rows->quote || place + 1 >= rows->count || rows->bytes[place + 1] != '\n')
      return 1;
    s->start = place + 2;
  }
  if (s->fields != rows->width || place - s->line > rows->longest || place > INT32_MAX) return 1;
  s->found++;
  s->line = s->start;
  s->fields = 0;
  return s->found == rows->most || !may_begin(rows, s->start);
}

static uint32_t finish_rows(row_scan *s, size_t place, size_t *next) {
  const casecheck_rows *rows = s->rows;
  for (; place < rows->count; place++) {
    uint8_t byte = rows->bytes[place];
    int is_special =
        byte == rows->delimiter || byte == '\n' || byte == '\r' || byte == rows->quote;
    if (is_special && take_in_row(s, place)) break;
  }
  *next = s->line;
  return s->found;
}

static uint32_t rows_portably(const casecheck_rows *rows, size_t *next) {
  row_scan s = begin_rows(rows);
  if (rows->most == 0 || !may_begin(rows, rows->from)) {
    *next = rows->from;
    return 0;
  }
  return finish_rows(&s, rows->from, next);
}

// Continues from line to line within a word, so that no byte is looked at twice.
#define SCAN_ROWS(MASK)                                           \
  const uint8_t *bytes = rows->bytes;                             \
  row_scan s = begin_rows(rows);                                  \
  size_t place = rows->from;                                      \
  if (rows->most == 0 || !may_begin(rows, place)) {               \
    *next = place;                                                \
    return 0;                                                     \
  }                                                               \
  for (; place + 64 <= rows->count; place += 64) {                \
    uint64_t mask = MASK(bytes + place);                          \
    while (mask != 0) {                                           \
      if (take_in_row(&s, place + (size_t)__builtin_ctzll(mask))) { \
        *next = s.line;                                           \
        return s.found;                                           \
      }                                                           \
      mask &= mask - 1;                                           \
    }                                                             \
  }                                                               \
  return finish_rows(&s, place, next);

#if defined(__x86_64__)
#include <immintrin.h>

static casecheck_line scan_sse2(const uint8_t *bytes, size_t count, uint8_t delimiter,
                                uint8_t quote, casecheck_field *fields, uint32_t most) {
  const __m128i d = _mm_set1_epi8((char)delimiter), q = _mm_set1_epi8((char)quote);
  const __m128i lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
#define PART(p)                                                                                \
  ((uint64_t)(uint32_t)_mm_movemask_epi8(                                                      \
      _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(p)), d),      \
                                _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(p)), q)),     \
                   _mm_or_si128(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(p)), lf),     \
                                _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(p)), cr)))))
#define MASK(p) \
  (PART(p) | PART((p) + 16) << 16 | PART((p) + 32) << 32 | PART((p) + 48) << 48)
  SCAN_BLOCKS(MASK)
}

static uint32_t rows_sse2(const casecheck_rows *rows, size_t *next) {
  const __m128i d = _mm_set1_epi8((char)rows->delimiter), q = _mm_set1_epi8((char)rows->quote);
  const __m128i lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
  SCAN_ROWS(MASK)
#undef MASK
#undef PART
}

__attribute__((target("avx2,bmi"))) static casecheck_line scan_avx2(
    const uint8_t *bytes, size_t count, uint8_t delimiter, uint8_t quote, casecheck_field *fields,
    uint32_t most) {
  const __m256i d = _mm256_set1_epi8((char)delimiter), q = _mm256_set1_epi8((char)quote);
  const __m256i lf = _mm256_set1_epi8('\n'), cr = _mm256_set1_epi8('\r');
#define LOAD(p) _mm256_loadu_si256((const __m256i *)(p))
#define PART(p)                                                                       \
  ((uint64_t)(uint32_t)_mm256_movemask_epi8(                                          \
      _mm256_or_si256(_mm256_or_si256(_mm256_cmpeq_epi8(LOAD(p), d),                  \
                                      _mm256_cmpeq_epi8(LOAD(p), q)),                 \
                      _mm256_or_si256(_mm256_cmpeq_epi8(LOAD(p), lf),                 \
                                      _mm256_cmpeq_epi8(LOAD(p), cr)))))
#define MASK(p) (PART(p) | PART((p) + 32) << 32)
  SCAN_BLOCKS(MASK)
}

__attribute__((target("avx2,bmi"))) static uint32_t rows_avx2(const casecheck_rows *rows,
                                                              size_t *next) {
  const __m256i d = _mm256_set1_epi8((char)rows->delimiter);
  const __m256i q = _mm256_set1_epi8((char)rows->quote);
  const __m256i lf = _mm256_set1_epi8('\n'), cr = _mm256_set1_epi8('\r');
  SCAN_ROWS(MASK)
#undef MASK
#undef PART
#undef LOAD
}

casecheck_line casecheck_scan_line(const uint8_t *bytes, size_t count, uint8_t delimiter,
                                   uint8_t quote, casecheck_field *fields, uint32_t most) {
  if (__builtin_cpu_supports("avx2"))
    return scan_avx2(bytes, count, delimiter, quote, fields, most);
  return scan_sse2(bytes, count, delimiter, quote, fields, most);
}

uint32_t casecheck_scan_rows(const casecheck_rows *rows, size_t *next) {
  return __builtin_cpu_supports("avx2") ? rows_avx2(rows, next) : rows_sse2(rows, next);
}

uint32_t casecheck_scan_rows_by(casecheck_way way, const casecheck_rows *rows, size_t *next) {
  switch (way) {
    case casecheck_sse2: return rows_sse2(rows, next);
    case casecheck_avx2: return rows_avx2(rows, next);
    default: return rows_portably(rows, next);
  }
}

int casecheck_has_way(casecheck_way way) {
  return way == casecheck_portable || way == casecheck_sse2 ||
         (way == casecheck_avx2 && __builtin_cpu_supports("avx2"));
}

casecheck_line casecheck_scan_line_by(casecheck_way way, const uint8_t *bytes, size_t count,
                                      uint8_t delimiter, uint8_t quote, casecheck_field *fields,
                                      uint32_t most) {
  switch (way) {
    case casecheck_sse2: return scan_sse2(bytes, count, delimiter, quote, fields, most);
    case casecheck_avx2: return scan_avx2(bytes, count, delimiter, quote, fields, most);
    default: return scan_portably(bytes, count, delimiter, quote, fields, most);
  }
}

#elif defined(__aarch64__)
#include <arm_neon.h>

// One bit for each byte from the four comparisons: each byte keeps the one bit of its place, and
// neighbours are added up.
static inline uint64_t neon_mask(const uint8_t *p, uint8x16_t d, uint8x16_t q, uint8x16_t lf,
                                 uint8x16_t cr) {
  const uint8x16_t bits = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t part[4];
  for (int i = 0; i < 4; i++) {
    uint8x16_t block = vld1q_u8(p + 16 * i);
    uint8x16_t any = vorrq_u8(vorrq_u8(vceqq_u8(block, d), vceqq_u8(block, q)),
                              vorrq_u8(vceqq_u8(block, lf), vceqq_u8(block, cr)));
    part[i] = vandq_u8(any, bits);
  }
  uint8x16_t low = vpaddq_u8(part[0], part[1]), high = vpaddq_u8(part[2], part[3]);
  uint8x16_t sums = vpaddq_u8(low, high);
  sums = vpaddq_u8(sums, sums);
  return vgetq_lane_u64(vreinterpretq_u64_u8(sums), 0);
}

casecheck_line casecheck_scan_line(const uint8_t *bytes, size_t count, uint8_t delimiter,
                                   uint8_t quote, casecheck_field *fields, uint32_t most) {
  const uint8x16_t d = vdupq_n_u8(delimiter), q = vdupq_n_u8(quote);
  const uint8x16_t lf = vdupq_n_u8('\n'), cr = vdupq_n_u8('\r');
#define MASK(p) neon_mask((p), d, q, lf, cr)
  SCAN_BLOCKS(MASK)
}

uint32_t casecheck_scan_rows(const casecheck_rows *rows, size_t *next) {
  const uint8x16_t d = vdupq_n_u8(rows->delimiter), q = vdupq_n_u8(rows->quote);
  const uint8x16_t lf = vdupq_n_u8('\n'), cr = vdupq_n_u8('\r');
  SCAN_ROWS(MASK)
#undef MASK
}

uint32_t casecheck_scan_rows_by(casecheck_way way, const casecheck_rows *rows, size_t *next) {
  return way == casecheck_neon ? casecheck_scan_rows(rows, next) : rows_portably(rows, next);
}

int casecheck_has_way(casecheck_way way) {
  return way == casecheck_portable || way == casecheck_neon;
}

casecheck_line casecheck_scan_line_by(casecheck_way way, const uint8_t *bytes, size_t count,
                                      uint8_t delimiter, uint8_t quote, casecheck_field *fields,
                                      uint32_t most) {
  if (way == casecheck_neon)
    return casecheck_scan_line(bytes, count, delimiter, quote, fields, most);
  return scan_portably(bytes, count, delimiter, quote, fields, most);
}

#else

casecheck_line casecheck_scan_line(const uint8_t *bytes, size_t count, uint8_t delimiter,
                                   uint8_t quote, casecheck_field *fields, uint32_t most) {
  return scan_portably(bytes, count, delimiter, quote, fields, most);
}

uint32_t casecheck_scan_rows(const casecheck_rows *rows, size_t *next) {
  return rows_portably(rows, next);
}

uint32_t casecheck_scan_rows_by(casecheck_way way, const casecheck_rows *rows, size_t *next) {
  (void)way;
  return rows_portably(rows, next);
}

int casecheck_has_way(casecheck_way way) { return way == casecheck_portable; }

casecheck_line casecheck_scan_line_by(casecheck_way way, const uint8_t *bytes, size_t count,
                                      uint8_t delimiter, uint8_t quote, casecheck_field *fields,
                                      uint32_t most) {
  (void)way;
  return scan_portably(bytes, count, delimiter, quote, fields, most);
}

#endif
