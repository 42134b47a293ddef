// Holds the scan of lines against libcsv on generated records: scan-check RECORDS [SEED]
//
// Every line is scanned in each way that the machine has. Where the scan takes it apart, libcsv, strict as casecheck uses it, must
// find the same fields; where the scan is in doubt, there must be something to doubt: a quote, a CR without its LF. Ends with 1 at the
// first line that is told otherwise, and prints it. Built with CASECHECK_WITHOUT_LIBCSV it holds the ways against the portable one,
// for machines that only an emulator has.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "field_scan.h"
#ifndef CASECHECK_WITHOUT_LIBCSV
#include <csv.h>
#endif

enum { most_fields = 64, most_bytes = 400, room = 512 };

static uint64_t state;

// SplitMix64 (Steele, Lea and Flood 2014).
static uint64_t next(void) {
  state += 0x9E3779B97F4A7C15u;
  uint64_t mixed = state;
  mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBu;
  return mixed ^ mixed >> 31;
}

// A line of some fields with its end; one in sixteen holds a quote or a CR somewhere.
static size_t make(uint8_t *line) {
  static const char signs[] = "abcdefghijklmnopqrstuvwxyz0123456789/-: \t\xC3\xA9;|'";
  uint64_t dice = next();
  size_t length = dice % 8 == 0 ? (dice >> 8) % most_bytes : (dice >> 8) % 48;
  unsigned spacing = 2 + (dice >> 24) % 14;
  for (size_t place = 0; place < length; place++) {
    if (place % 8 == 0) dice = next();
    unsigned byte = dice & 0xFF;
    dice >>= 8;
    line[place] = byte % spacing == 0 ? ',' : (uint8_t)signs[byte % (sizeof signs - 1)];
  }
  dice = next();
  if (dice % 16 == 0 && length > 0)
    line[(dice >> 8) % length] = dice & 0x80 ? '"' : '\r';
  if (dice >> 32 & 1) line[length++] = '\r';
  line[length++] = '\n';
  return length;
}

typedef struct {
  uint32_t count;
  casecheck_field fields[most_fields];
  uint8_t text[room];
  size_t used;
} record;

#ifndef CASECHECK_WITHOUT_LIBCSV
static void take_field(void *bytes, size_t count, void *context) {
  record *r = context;
  if (r->count < most_fields) {
    r->fields[r->count].start = (int32_t)r->used;
    if (count > 0) memcpy(r->text + r->used, bytes, count);
    r->used += count;
    r->fields[r->count].end = (int32_t)r->used;
  }
  r->count++;
}

static void take_row(int terminator, void *context) {
  (void)terminator;
  (void)context;
}

static int no_space(unsigned char byte) {
  (void)byte;
  return 0;
}

// libcsv's record of a line; 0 where it takes it for none.
static int parse(struct csv_parser *parser, const uint8_t *line, size_t length, record *r) {
  r->count = 0;
  r->used = 0;
  if (csv_parse(parser, line, length, take_field, take_row, r) == length) return 1;
  csv_free(parser);
  csv_init(parser, CSV_STRICT | CSV_STRICT_FINI);
  csv_set_space_func(parser, no_space);
  return 0;
}
#endif

static int fail(const char *why, const char *way, const uint8_t *line, size_t length) {
  printf("%s (%s):", why, way);
  for (size_t place = 0; place < length; place++) printf(" %02x", line[place]);
  printf("\n");
  return 1;
}

// Holds rows of several lines against the same lines scanned one by one; returns how many were rows, or -1.
static int64_t check_rows(casecheck_way way, const char *name, const uint8_t *bytes, size_t count) {
  static casecheck_field one[most_fields + 8], many[most_fields * 16];
  uint32_t width = 1 + next() % 4, most = 1 + next() % 16;
  size_t from = next() % 4, before = next() % (count + 8), longest = 8 + next() % most_bytes;
  if (from > count) from = count;
  casecheck_rows rows = {bytes, from, count, before, longest, width, most, ',', '"', many};
  size_t reached = 0;
  many[width * most].start = -7;
  uint32_t found = casecheck_scan_rows_by(way, &rows, &reached);
  if (many[width * most].start != -7) return fail("a field beyond the room", name, bytes, count), -1;
  size_t place = from;
  for (uint32_t row = 0; row <= found; row++) {
    casecheck_line line = {0};
    int is_row = row < most && place < count && place < before && bytes[place] > ' ' && bytes[place] != 0xC2 &&
                 bytes[place] != ',';
    if (is_row) {
      line = casecheck_scan_line_by(casecheck_portable, bytes + place, count - place, ',', '"', one, most_fields);
      is_row = line.outcome == casecheck_plain && line.fields == width && line.length <= longest;
    }
    if (is_row != (row < found)) return fail("more or fewer rows", name, bytes, count), -1;
    if (!is_row) break;
    for (uint32_t field = 0; field < width; field++) {
      if ((size_t)many[row * width + field].start != place + (size_t)one[field].start ||
          (size_t)many[row * width + field].end != place + (size_t)one[field].end)
        return fail("other fields in rows", name, bytes, count), -1;
    }
    place += line.next;
  }
  if (reached != place) return fail("rows end elsewhere", name, bytes, count), -1;
  return found;
}

int main(int count, char **words) {
  if (count < 2) {
    fprintf(stderr, "usage: scan-check RECORDS [SEED]\n");
    return 64;
  }
  uint64_t records = strtoull(words[1], NULL, 10);
  state = count > 2 ? strtoull(words[2], NULL, 10) : 1;
  static const struct {
    casecheck_way way;
    const char *name;
  } ways[] = {{casecheck_portable, "portable"}, {casecheck_sse2, "SSE2"}, {casecheck_avx2, "AVX2"}, {casecheck_neon, "NEON"}};
#ifndef CASECHECK_WITHOUT_LIBCSV
  struct csv_parser parser;
  csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
  csv_set_space_func(&parser, no_space);
  static record theirs;
#endif
  // Behind the line stands another, as in a file: what is read of it must not change the first.
  static uint8_t line[room * 2];
  static casecheck_field fields[most_fields + 8], first[most_fields + 8];
  static uint8_t page[room * 9];
  size_t written = 0;
  uint64_t plain = 0, doubtful = 0, in_rows = 0;
  for (uint64_t number = 0; number < records; number++) {
    size_t length = make(line);
    memcpy(line + length, "\"x\",1\r\n,,\"", 10);
    // Eight lines make a page; of every second one, lines of a field or two, so that several are alike.
    if (number / 8 % 2 == 0 || length < 12) {
      memcpy(page + written, line, length);
      written += length;
    } else {
      written += (size_t)sprintf((char *)page + written, "%llu,x\r\n", (unsigned long long)number);
    }
    if (number % 8 == 7) {
      uint64_t before = state;
      for (size_t way = 0; way < sizeof ways / sizeof *ways; way++) {
        if (!casecheck_has_way(ways[way].way)) continue;
        // Every way is asked the same.
        state = before;
        int64_t found = check_rows(ways[way].way, ways[way].name, page, written - number / 8 % 3);
        if (found < 0) return 1;
        if (way == 0) in_rows += (uint64_t)found;
      }
      written = 0;
    }
    int has_cause = memchr(line, '"', length) != NULL;
    const uint8_t *cr = memchr(line, '\r', length - 1);
    if (cr != NULL && cr[1] != '\n') has_cause = 1;
    casecheck_line portable = {0};
    for (size_t way = 0; way < sizeof ways / sizeof *ways; way++) {
      if (!casecheck_has_way(ways[way].way)) continue;
      casecheck_line found =
          casecheck_scan_line_by(ways[way].way, line, length + 10, ',', '"', fields, most_fields);
      if (way == 0) {
        portable = found;
        memcpy(first, fields, sizeof first);
        if (found.outcome == casecheck_plain) plain++; else doubtful++;
      }
      if (found.outcome != portable.outcome) return fail("another outcome", ways[way].name, line, length);
      if (found.outcome != casecheck_plain) {
        if (!has_cause && found.fields < most_fields) return fail("a doubt without a cause", ways[way].name, line, length);
        continue;
      }
      if (has_cause) return fail("no doubt where there is a cause", ways[way].name, line, length);
      if (found.next != length || found.fields != portable.fields || found.length != portable.length ||
          memcmp(fields, first, found.fields * sizeof *fields) != 0)
        return fail("other fields", ways[way].name, line, length);
    }
#ifndef CASECHECK_WITHOUT_LIBCSV
    // To libcsv, a line without a byte is no record; casecheck passes it over as well.
    if (portable.outcome != casecheck_plain || portable.length == 0) continue;
    if (!parse(&parser, line, length, &theirs)) return fail("no record to libcsv", "libcsv", line, length);
    if (theirs.count != portable.fields) return fail("another number of fields", "libcsv", line, length);
    for (uint32_t field = 0; field < theirs.count; field++) {
      size_t size = (size_t)(first[field].end - first[field].start);
      if (size != (size_t)(theirs.fields[field].end - theirs.fields[field].start) ||
          memcmp(line + first[field].start, theirs.text + theirs.fields[field].start, size) != 0)
        return fail("another field", "libcsv", line, length);
    }
#endif
  }
#ifndef CASECHECK_WITHOUT_LIBCSV
  csv_free(&parser);
#endif
  printf("%llu records: %llu taken apart alike, %llu left to libcsv, %llu alike in rows;", (unsigned long long)records,
         (unsigned long long)plain, (unsigned long long)doubtful, (unsigned long long)in_rows);
  for (size_t way = 0; way < sizeof ways / sizeof *ways; way++)
    if (casecheck_has_way(ways[way].way)) printf(" %s", ways[way].name);
  printf("\n");
  return 0;
}
