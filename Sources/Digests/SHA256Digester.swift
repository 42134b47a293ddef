import Crypto

/// The SHA-256 digest (FIPS 180-4) of bytes that come in pieces.
public struct SHA256Digester: Sendable {
  private var hasher = SHA256()

  /// A digester that has seen nothing yet.
  public init() {}

  /// Takes in the next bytes, which are not kept.
  public mutating func update(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
  }

  /// The digest of all bytes so far, in 64 lowercase hexadecimal digits; more may follow.
  public func finish() -> String {
    var hex: [UInt8] = []
    hex.reserveCapacity(64)
    for byte in hasher.finalize() {
      for digit in [byte >> 4, byte & 15] {
        hex.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      }
    }
    return String(decoding: hex, as: UTF8.self)
  }

  /// The digest of a text's UTF-8 bytes, in 64 lowercase hexadecimal digits.
  public static func sha256(_ text: String) -> String {
    var digester = SHA256Digester()
    digester.update(text.utf8Span.span)
    return digester.finish()
  }
}
