#include "re2_shim.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

struct cre2_pattern {
  RE2 expression;

  cre2_pattern(re2::StringPiece source, const RE2::Options &options)
      : expression(source, options) {}
};

namespace {

/// The most memory that one pattern may use for its program and its automata. It is RE2's own
/// default, stated here so that a change in the library does not change the behaviour. If the
/// automaton outgrows it, RE2 falls back to a slower search that is also linear.
constexpr int64_t max_memory = 8 << 20;

/// Text as RE2 expects it: an empty text must not be NULL, which RE2 takes for "no match".
re2::StringPiece piece(const uint8_t *bytes, size_t length) {
  if (length == 0) return re2::StringPiece("", 0);
  return re2::StringPiece(reinterpret_cast<const char *>(bytes), length);
}

void copy_words(const char *words, size_t length, char *error, size_t capacity) {
  if (capacity == 0) return;
  length = std::min(length, capacity - 1);
  std::memcpy(error, words, length);
  error[length] = '\0';
}

}  // namespace

// No exception may reach Swift. RE2 throws none of its own; running out of memory ends the program
// here, as it does in Swift.

extern "C" cre2_pattern *cre2_compile(
    const uint8_t *source, size_t source_length, char *error, size_t error_capacity) noexcept {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(max_memory);
  options.set_encoding(RE2::Options::EncodingUTF8);
  auto pattern = std::make_unique<cre2_pattern>(piece(source, source_length), options);
  if (!pattern->expression.ok()) {
    const std::string &words = pattern->expression.error();
    copy_words(words.data(), words.size(), error, error_capacity);
    return nullptr;
  }
  return pattern.release();
}

extern "C" void cre2_release(cre2_pattern *pattern) noexcept { delete pattern; }

extern "C" bool cre2_matches(
    const cre2_pattern *pattern, const uint8_t *text, size_t text_length, bool whole) noexcept {
  return pattern->expression.Match(
      piece(text, text_length), 0, text_length, whole ? RE2::ANCHOR_BOTH : RE2::UNANCHORED,
      nullptr, 0);
}
