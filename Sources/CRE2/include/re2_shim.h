#ifndef CASECHECK_RE2_SHIM_H
#define CASECHECK_RE2_SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define CRE2_NOEXCEPT noexcept
extern "C" {
#else
#define CRE2_NOEXCEPT
#endif

/// A compiled regular expression. It never changes, so any number of threads may match with it.
typedef struct cre2_pattern cre2_pattern;

/// Compiles a UTF-8 pattern in RE2's syntax, which is also CEL's.
///
/// If the pattern is not valid, returns NULL and writes RE2's own words to `error`, truncated to
/// fit and ended by a zero byte. Release the result with `cre2_release`.
cre2_pattern *_Nullable cre2_compile(
    const uint8_t *_Nullable source, size_t source_length, char *_Nonnull error,
    size_t error_capacity) CRE2_NOEXCEPT;

/// Releases a pattern that no other thread is matching with.
void cre2_release(cre2_pattern *_Nonnull pattern) CRE2_NOEXCEPT;

/// Whether the pattern matches the whole text, or any part of it; linear in the length of the text.
bool cre2_matches(
    const cre2_pattern *_Nonnull pattern, const uint8_t *_Nullable text, size_t text_length,
    bool whole) CRE2_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
