import CRE2

/// A regular expression in RE2's syntax, which is CEL's.
///
/// Matching takes time linear in the text, whatever the pattern, so that no rule can hang a run.
/// Texts are UTF-8; bytes that are not valid UTF-8 match no character. The syntax is described at
/// <https://github.com/google/re2/wiki/Syntax>.
///
/// Safe, although it keeps a pointer, because the pointer belongs to this object alone: it is set
/// once in `init`, released once in `deinit`, and lent only to calls that return before `deinit`.
@safe
public final class Pattern: Sendable {
  /// The pattern as it was written.
  public let source: String

  // Sound to share: RE2 itself guards the caches of a const pattern (re2.h, "thread-safe"), and
  // nothing changes the pattern before `deinit`, which only runs when nobody uses the object.
  private nonisolated(unsafe) let handle: OpaquePointer

  /// Compiles a pattern; a fault has RE2's own words.
  public init(_ source: String) throws(PatternFault) {
    var text = source
    var words: [CChar] = Array(repeating: 0, count: Self.mostErrorBytes)
    let compiled = text.withUTF8 { bytes in
      unsafe words.withUnsafeMutableBufferPointer { error -> OpaquePointer? in
        guard let start = error.baseAddress else { return nil }
        return unsafe cre2_compile(bytes.baseAddress, bytes.count, start, error.count)
      }
    }
    guard let compiled = unsafe compiled else {
      let message = words.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw .notAPattern(String(decoding: message, as: UTF8.self))
    }
    self.source = source
    unsafe handle = compiled
  }

  deinit {
    unsafe cre2_release(handle)
  }

  /// Whether the pattern matches the text from its first character to its last.
  public func matchesWhole(_ text: String) -> Bool { matchesWhole(text.utf8Span.span) }

  /// Whether the pattern matches some part of the text.
  public func matchesAnywhere(in text: String) -> Bool { matchesAnywhere(in: text.utf8Span.span) }

  /// Whether the pattern matches the UTF-8 bytes from the first to the last.
  public func matchesWhole(_ bytes: Span<UInt8>) -> Bool { matches(bytes, whole: true) }

  /// Whether the pattern matches some part of the UTF-8 bytes.
  public func matchesAnywhere(in bytes: Span<UInt8>) -> Bool { matches(bytes, whole: false) }

  private func matches(_ bytes: Span<UInt8>, whole: Bool) -> Bool {
    // Otherwise the object's last use, and so its `deinit`, could come before RE2 is done.
    withExtendedLifetime(self) {
      unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe cre2_matches(handle, bytes.baseAddress, bytes.count, whole)
      }
    }
  }

  /// Room for RE2's longest message about a pattern of a few lines; a longer one is cut off.
  private static let mostErrorBytes = 1024
}
