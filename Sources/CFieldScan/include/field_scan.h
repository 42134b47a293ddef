#ifndef CASECHECK_FIELD_SCAN_H
#define CASECHECK_FIELD_SCAN_H

#include <stddef.h>
#include <stdint.h>

/// A field by its first byte and the byte after its last, counted from the start of its line.
typedef struct {
  int32_t start;
  int32_t end;
} casecheck_field;

typedef enum {
  /// The line has no quote and ends in LF or CRLF, so its fields are what lies between delimiters.
  casecheck_plain,
  /// A quote, a CR without its LF, or more fields than there is room for: libcsv has to decide.
  casecheck_doubtful,
  /// The bytes end before the line does.
  casecheck_unended,
} casecheck_outcome;

typedef struct {
  /// The bytes from the start of the line to its line end, and to the start of the next line.
  size_t length;
  size_t next;
  uint32_t fields;
  casecheck_outcome outcome;
} casecheck_line;

/// Splits the line at `bytes`, of which `count` can be read, into at most `most` fields.
casecheck_line casecheck_scan_line(const uint8_t *bytes, size_t count, uint8_t delimiter,
                                   uint8_t quote, casecheck_field *fields, uint32_t most);

/// Records of one line and `width` fields each, one directly after the other.
typedef struct {
  const uint8_t *bytes;
  /// Where the first line starts, how many bytes can be read, and the place before which a line has
  /// to start.
  size_t from;
  size_t count;
  size_t before;
  /// The most bytes that a line may have, without its line end.
  size_t longest;
  uint32_t width;
  /// The most lines; `fields` has room for `width` times as many, with places counted from `bytes`.
  uint32_t most;
  uint8_t delimiter;
  uint8_t quote;
  casecheck_field *fields;
} casecheck_rows;

/// Splits plain lines until one is not plain.
///
/// A line is not plain if it is incomplete, has a quote, a CR without its LF or another number of
/// fields, is too long, or begins with a byte that a blank line may begin with: one up to a space,
/// C2 (a no-break space is C2 A0) or the delimiter. Returns how many plain lines there were, and
/// through `next` where the line after them starts.
uint32_t casecheck_scan_rows(const casecheck_rows *rows, size_t *next);

/// The ways in which a line can be scanned.
///
/// Every machine has the portable way, with which tests compare the others.
typedef enum {
  casecheck_portable,
  casecheck_sse2,
  casecheck_avx2,
  casecheck_neon,
} casecheck_way;

/// Whether this machine has a way of scanning.
int casecheck_has_way(casecheck_way way);

/// Splits a line in one way, which the machine must have.
casecheck_line casecheck_scan_line_by(casecheck_way way, const uint8_t *bytes, size_t count,
                                      uint8_t delimiter, uint8_t quote, casecheck_field *fields,
                                      uint32_t most);

/// Splits rows in one way, which the machine must have.
uint32_t casecheck_scan_rows_by(casecheck_way way, const casecheck_rows *rows, size_t *next);

/// How many of the bytes equal `wanted`.
size_t casecheck_count(const uint8_t *bytes, size_t count, uint8_t wanted);

/// What some bytes contain.
typedef struct {
  /// Lines that end in LF, CRLF or a lone CR; a CR that is the last byte is not counted.
  size_t line_ends;
  /// How many bytes are quotes.
  size_t quotes;
  /// Whether all bytes are ASCII 1 to 127.
  int is_ascii;
} casecheck_look;

/// Counts the line ends and quotes of bytes, and tells whether all are ASCII.
casecheck_look casecheck_look_at(const uint8_t *bytes, size_t count, uint8_t quote);

/// Mixes the bytes into a sum that almost certainly changes if one of them does.
uint64_t casecheck_mixed(const uint8_t *bytes, size_t count, uint64_t sum);

/// The sum of some records, each with `width` fields, which the order of records does not change.
///
/// The fields lie within the `count` bytes, one record's after the other's. Where each column keeps
/// its seed, its place among the others does not matter either. An empty field adds nothing, as if
/// its column were not there. The sum is not meant to withstand somebody who wants two to be equal.
uint64_t casecheck_record_sum(const uint8_t *bytes, size_t count, const casecheck_field *fields,
                              uint32_t rows, uint32_t width, const uint64_t *seeds);

/// The place of the first byte other than ASCII 1 to 127; `count` if there is none.
size_t casecheck_first_other(const uint8_t *bytes, size_t count);

#endif
