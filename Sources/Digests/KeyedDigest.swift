import Crypto
import Foundation

/// HMAC-SHA-256 (RFC 2104) under a secret key.
///
/// The same texts always give the same digest. Without the key, nobody can tell what the texts
/// were, not even by trying all possible ones.
public struct KeyedDigest: Sendable {
  private let key: SymmetricKey

  /// A key of at least 16 bytes; nil for fewer, which could be guessed.
  public init?(key: [UInt8]) {
    guard key.count >= 16 else { return nil }
    self.key = SymmetricKey(data: key)
  }

  /// The first 80 bits of the digest of some texts, in 20 lowercase hexadecimal digits.
  ///
  /// Each text goes in with its length, so that no two lists of texts give the same bytes.
  public func digest(_ texts: [String]) -> String {
    var bytes: [UInt8] = []
    for text in texts {
      bytes.append(contentsOf: "\(text.utf8.count):".utf8)
      bytes.append(contentsOf: text.utf8)
    }
    let code = HMAC<SHA256>.authenticationCode(for: bytes, using: key)
    return code.prefix(10).map { byte in
      let digits = String(byte, radix: 16)
      return digits.utf8.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
