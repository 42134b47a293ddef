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
  /// The line holds no quote and ends in LF or CRLF: its fields are what stands between delimiters.
  casecheck_plain,
  /// A quote, a CR without its LF, or more fields than there is room for: for libcsv to say.
  casecheck_doubtful,
  /// The bytes end before the line does.
  casecheck_unended,
} casecheck_outcome;

typedef struct {
  /// From the start of the line to its line end, and to the byte after that.
  size_t length;
  size_t next;
  uint32_t fields;
  casecheck_outcome outcome;
} casecheck_line;

/// Parts the line that starts at `bytes`, of which `count` can be read, into at most `most` fields.
casecheck_line casecheck_scan_line(const uint8_t *bytes, size_t count, uint8_t delimiter,
                                   uint8_t quote, casecheck_field *fields, uint32_t most);

/// The ways in which a line can be scanned. Every machine has the portable one, which the others are held against.
typedef enum {
  casecheck_portable,
  casecheck_sse2,
  casecheck_avx2,
  casecheck_neon,
} casecheck_way;

/// Whether this machine can scan in a way.
int casecheck_has_way(casecheck_way way);

/// The same in one way, which the machine must have.
casecheck_line casecheck_scan_line_by(casecheck_way way, const uint8_t *bytes, size_t count,
                                      uint8_t delimiter, uint8_t quote, casecheck_field *fields,
                                      uint32_t most);

/// How many of the bytes are this one.
size_t casecheck_count(const uint8_t *bytes, size_t count, uint8_t wanted);

/// Mixes the bytes into a sum that all but certainly differs where one of them does.
uint64_t casecheck_mixed(const uint8_t *bytes, size_t count, uint64_t sum);

/// The first place that holds a byte other than ASCII 1 to 127; the count where none does.
size_t casecheck_first_other(const uint8_t *bytes, size_t count);

#endif
