/// What a file is if it is not delimited text.
enum FileKind: Hashable {
  case folder
  /// Neither a file nor a folder: a pipe, a device.
  case special
  case workbook
  case oldWorkbook
  case webPage
  case markup
  case portableDocument
  case compressed
  case binary
}

private let webPageStarts = [
  "<html", "<!doctype", "<table", "<head", "<meta", "<!--", "<body", "<style", "<script", "<div",
]

extension FileKind {
  /// The kind that the bytes show; nil for text.
  init?(_ survey: EncodingSurvey, _ encoding: TextEncoding) {
    let marks: [([UInt8], FileKind)] = [
      (Array("PK\u{3}\u{4}".utf8), .workbook), (Array("PK\u{5}\u{6}".utf8), .workbook),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .oldWorkbook),
      (Array("%PDF-".utf8), .portableDocument), ([0x1F, 0x8B], .compressed),
    ]
    if let mark = marks.first(where: { survey.head.starts(with: $0.0) }) {
      self = mark.1
      return
    }
    var transcoder = Transcoder(encoding, markLength: 0)
    var text: [UInt8] = []
    transcoder.append(survey.head.prefix(4096), to: &text)
    let start = String(decoding: text, as: UTF8.self)
      .drop { $0.isWhitespace || $0 == "\u{FEFF}" }.prefix(64).lowercased()
    if webPageStarts.contains(where: start.hasPrefix) {
      self = .webPage
    } else if start.hasPrefix("<?xml") {
      self = .markup
    } else if survey.isBinary(encoding) {
      self = .binary
    } else {
      return nil
    }
  }
}

extension EncodingSurvey {
  /// Whether there are so many control characters or NULs that this cannot be text with faults.
  fileprivate func isBinary(_ encoding: TextEncoding) -> Bool {
    switch encoding {
    case .utf16LittleEndian, .utf16BigEndian: return false
    case .utf8, .windows1252:
      return nuls * 3 > size || (controls >= 8 && controls * 20 > head.count)
    }
  }
}
