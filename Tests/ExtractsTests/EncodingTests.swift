import Testing
import Values

@testable import Extracts

private let head = "visit_id,person_id,seen_on,note\n"

/// The bytes of a text in UTF-16.
private func utf16(_ text: String, isLittle: Bool, mark: Bool = true) -> [UInt8] {
  ((mark ? "\u{FEFF}" : "") + text).utf16.flatMap { unit -> [UInt8] in
    let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    return isLittle ? bytes : bytes.reversed()
  }
}

private struct EncodingCase: CustomTestStringConvertible, Sendable {
  var name: String
  var bytes: [UInt8]
  var encoding: TextEncoding
  var note: String
  var testDescription: String { name }
}

private let text = head + "V1,P1,,Zoë 😀 – née\nV2,P2,,é\n"
private let latin: [UInt8] =
  Array((head + "V1,P1,,Zo").utf8) + [0xEB, 0x20, 0x96, 0x20, 0x80, 0x0A]
private let cases = [
  EncodingCase(name: "UTF-8", bytes: Array(text.utf8), encoding: .utf8, note: "Zoë 😀 – née"),
  EncodingCase(
    name: "UTF-8 with a mark", bytes: [0xEF, 0xBB, 0xBF] + Array(text.utf8), encoding: .utf8,
    note: "Zoë 😀 – née"),
  EncodingCase(
    name: "UTF-16, least byte first", bytes: utf16(text, isLittle: true),
    encoding: .utf16LittleEndian, note: "Zoë 😀 – née"),
  EncodingCase(
    name: "UTF-16, greatest byte first", bytes: utf16(text, isLittle: false),
    encoding: .utf16BigEndian, note: "Zoë 😀 – née"),
  EncodingCase(
    name: "UTF-16 without a mark", bytes: utf16(text, isLittle: true, mark: false),
    encoding: .utf16LittleEndian, note: "Zoë 😀 – née"),
  EncodingCase(
    name: "Windows-1252", bytes: latin, encoding: .windows1252, note: "Zoë – €"),
]

@Suite("Encodings")
struct EncodingTests {
  @Test("Found by itself", arguments: cases, chunkSizes)
  fileprivate func found(_ file: EncodingCase, chunkSize: Int) throws {
    let reading = try read(file.bytes, chunkSize: chunkSize)
    #expect(reading.report.encoding == file.encoding)
    #expect(reading.texts(of: "note").first == file.note)
    #expect(reading.faults.isEmpty)
    #expect(reading.report.size == file.bytes.count)
  }

  @Test("Wrong bytes among good UTF-8 reject their records", arguments: chunkSizes)
  func wrongBytes(chunkSize: Int) throws {
    let bytes =
      Array((head + "V1,P1,,é é é\nV2,P2,,a").utf8) + [0xC3, 0x28] + Array("\nV3,P3,,é\n".utf8)
    let reading = try read(bytes, chunkSize: chunkSize)
    #expect(reading.report.encoding == .utf8)
    #expect(reading.rows == ["2: V1|P1|∅|é é é", "4: V3|P3|∅|é"])
    #expect(reading.rejects == ["3: V2,P2,,a\u{FFFD}("])
    #expect(reading.faults == ["badEncoding 3"])
  }

  @Test("NULs reject their records", arguments: chunkSizes)
  func nuls(chunkSize: Int) throws {
    let reading = try read(head + "V1,P1,,a\0b\nV2,P2,,b\n", chunkSize: chunkSize)
    #expect(reading.rows == ["3: V2|P2|∅|b"])
    #expect(reading.faults == ["badEncoding 2"])
  }

  @Test("What Windows-1252 does not have rejects its record")
  func undefined() throws {
    var definition = visits
    definition.encoding = .windows1252
    let bytes = Array((head + "V1,P1,,a").utf8) + [0x81, 0x0A] + Array("V2,P2,,b\n".utf8)
    let reading = try read(bytes, as: definition)
    #expect(reading.rows == ["3: V2|P2|∅|b"])
    #expect(reading.faults == ["badEncoding 2"])
  }

  @Test("Half a character at the end", arguments: chunkSizes)
  func halves(chunkSize: Int) throws {
    let wide = try read(
      utf16(head + "V1,P1,,a", isLittle: true) + [0x41], chunkSize: chunkSize)
    #expect(wide.faults == ["badEncoding 2", "noRows"])
    let lone = try read(
      utf16(head + "V1,P1,,a", isLittle: true) + [0x3D, 0xD8, 0x0A, 0x00], chunkSize: chunkSize)
    #expect(lone.faults == ["badEncoding 2", "noRows"])
  }

  @Test("The digest is of the file's bytes")
  func digest() throws {
    // `printf 'a,b\n' | sha256sum`
    let reading = try read("a,b\n", as: table(field("a"), field("b")))
    #expect(
      reading.report.sha256 == "5be08c9684a1d25efcee09318204824278b08bbfb4aef973ffefd0b9d7478313")
  }
}
