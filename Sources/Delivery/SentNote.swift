import Digests

/// What is kept of a sent mail: the digests of its body and of its first line.
///
/// The first line names the receiver.
struct SentNote: Equatable {
  let bytes: [UInt8]

  /// A note as it was kept.
  init(kept bytes: [UInt8]) { self.bytes = bytes }

  init(of mail: [UInt8]) {
    let ends = mail.indices.dropLast().first { mail[$0] == 10 && mail[$0 + 1] == 10 }
    let body = ends.map { mail[($0 + 2)...] } ?? mail[...]
    let parts = [body, mail.prefix { $0 != 10 }]
    bytes = parts.flatMap { part in
      var digester = SHA256Digester()
      digester.update(part.span)
      return Array(digester.finish().utf8)
    }
  }
}
