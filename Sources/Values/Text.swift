/// Text that is equal only to the same bytes.
///
/// Swift's own strings treat `é` written as one scalar and as two as equal. Code lists, keys and
/// `==` of the rule language compare exactly, byte by byte of the UTF-8.
public struct Text: Sendable {
  /// The text as a Swift string.
  public let string: String

  /// Wraps a string.
  @inlinable
  public init(_ string: String) {
    self.string = string
  }
}

extension Text: Hashable {
  /// True where both hold the same bytes.
  @inlinable
  public static func == (a: Text, b: Text) -> Bool {
    let (a, b) = (a.string.utf8Span.span, b.string.utf8Span.span)
    guard a.count == b.count else { return false }
    for place in a.indices where a[place] != b[place] { return false }
    return true
  }

  /// Hashes the bytes.
  @inlinable
  public func hash(into hasher: inout Hasher) {
    let hashed: Void? = unsafe string.utf8.withContiguousStorageIfAvailable {
      unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    if hashed == nil {
      for byte in string.utf8 { hasher.combine(byte) }
    }
    hasher.combine(UInt8(0xFF))
  }
}

extension Text: Comparable {
  /// Orders by the bytes of the UTF-8, which is the order of the code points.
  @inlinable
  public static func < (a: Text, b: Text) -> Bool {
    let (a, b) = (a.string.utf8Span.span, b.string.utf8Span.span)
    let count = min(a.count, b.count)
    var place = 0
    while place < count, a[place] == b[place] { place += 1 }
    return place < count ? a[place] < b[place] : a.count < b.count
  }
}

extension Text: ExpressibleByStringLiteral, CustomStringConvertible {
  /// Wraps a literal.
  public init(stringLiteral value: String) { self.init(value) }
  /// The text itself.
  public var description: String { string }
}
