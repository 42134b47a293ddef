import CRE2

/// A regular expression in RE2's syntax, which is CEL's.
///
/// Matching takes time linear in the text whatever the pattern, so that a rule cannot hang a run.
/// Text is UTF-8; bytes that are not match no character. The syntax is written down at
/// <https://github.com/google/re2/wiki/Syntax>.
///
/// Safe, although it keeps a pointer, because the pointer is this object's alone: set once in
/// `init`, released once in `deinit`, and lent only to calls that return before either.
@safe
public final class Pattern: Sendable {
  /// The pattern as it was written.
  public let source: String

  // Sound to share: RE2 guards the caches of a const pattern itself (re2.h, "thread-safe"), and
  // nothing here changes the pattern before `deinit`, which no one else can be inside of.
  private nonisolated(unsafe) let handle: OpaquePointer

  /// Compiles a pattern; the fault carries RE2's own words.
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
    // Without it the last use of this object, and so its `deinit`, could come before RE2 is done.
    withExtendedLifetime(self) {
      unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe cre2_matches(handle, bytes.baseAddress, bytes.count, whole)
      }
    }
  }

  /// Longer than RE2's longest message for a pattern of a few lines; anything longer is cut off.
  private static let mostErrorBytes = 1024
}
