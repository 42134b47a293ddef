/// The physical lines of a file: how they end, and which hold bytes that are no text.
public struct LineSurvey: Sendable {
  /// Lines that end in LF alone.
  public var lineFeeds = 0
  /// Lines that end in CR and LF.
  public var pairs = 0
  /// Lines that end in CR alone.
  public var carriageReturns = 0
  /// Whether the last line has no line end.
  public var endsWithoutOne = false
  /// Lines that hold only spaces.
  public var blank = 0
  /// The lines with bytes that are no characters, such as `lines 3 and 7`; empty without any.
  public var wrongBytes = ""
  /// The lines with NUL bytes, in the same way.
  public var nuls = ""

  init() {}

  /// Goes through a whole file.
  init(_ path: String, _ survey: FileSurvey) throws(SystemFault) {
    var buffer = try LineBuffer(
      path, survey, quote: UInt8(ascii: "\""), settings: ReadSettings(), isDigested: false)
    var wrong = FaultPlaces()
    var zeros = FaultPlaces()
    while true {
      buffer.keptFrom = buffer.line.next
      switch try buffer.nextLine() {
      case .end:
        wrongBytes = wrong.count > 0 ? wrong.words : ""
        nuls = zeros.count > 0 ? zeros.words : ""
        return
      case .tooLong: _ = try buffer.skipLine()
      case .line:
        let line = buffer.line
        let text = buffer.text(line.start, line.end).span
        if text.isBlank(besides: 0) { blank += 1 }
        if survey.hasBadBytes {
          if text.firstIndex(of: 0, from: 0) < text.count { zeros.add(line.number) }
          if (try? UTF8Span(validating: text)) == nil { wrong.add(line.number) }
        }
        switch line.next - line.end {
        case 0: endsWithoutOne = true
        case 2: pairs += 1
        default:
          let end = buffer.text(line.end, line.next).first
          if end == .lineFeed { lineFeeds += 1 } else { carriageReturns += 1 }
        }
      }
    }
  }
}
