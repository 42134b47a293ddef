import Digests
import Testing

struct DigestTests {
  /// The examples of FIPS 180-4 (NIST, "SHA-256 Examples").
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func matchesThePublishedDigests(_ text: String, _ digest: String) {
    #expect(SHA256Digester.sha256(text) == digest)
  }

  @Test(arguments: [1, 2, 3, 1000])
  func doesNotDependOnThePieces(_ size: Int) {
    let text = String(repeating: "case file ", count: 500)
    let bytes = Array(text.utf8)
    var digester = SHA256Digester()
    for start in stride(from: 0, to: bytes.count, by: size) {
      let piece = Array(bytes[start..<min(start + size, bytes.count)])
      digester.update(piece.span)
    }
    #expect(digester.finish() == SHA256Digester.sha256(text))
  }
}
