/// The texts of a `StringPool` by number, without the table for looking them up.
public struct PooledTexts: Sendable {
  private var texts: TextBlocks
  private var places: GrowingValues<TextBlocks.Place>

  /// No texts.
  public init(in spill: ColumnSpill? = nil) {
    texts = TextBlocks(in: spill)
    places = GrowingValues(in: spill)
  }

  /// How many there are.
  public var count: Int { places.count }

  /// Adds a text.
  public mutating func append(_ text: String) {
    var text = text
    let place = text.withUTF8 { unsafe texts.append($0.span, isASCII: false) }
    places.append(place)
  }

  /// Adds the texts of others, which stay where they are.
  public mutating func append(contentsOf others: PooledTexts) {
    let moved = texts.append(contentsOf: others.texts)
    for number in 0..<others.count { places.append(others.places[number].moved(by: moved)) }
  }

  /// A copy of a text.
  public subscript(number: Int) -> String {
    // Sound because every text is UTF-8.
    withBytes(of: number) { unsafe String(copying: UTF8Span(unchecked: $0)) }
  }

  /// Whether two texts have the same bytes.
  public func areSame(_ a: Int, _ b: Int) -> Bool {
    withBytes(of: a) { bytes in holds(bytes, as: b) }
  }

  /// Adds a text, whose bytes must be UTF-8.
  mutating func append(_ bytes: Span<UInt8>, isASCII: Bool) {
    places.append(texts.append(bytes, isASCII: isASCII))
  }

  /// Lends the bytes of a text to a closure.
  @inline(__always)
  func withBytes<Result>(of number: Int, _ look: (Span<UInt8>) -> Result) -> Result {
    texts.withText(at: places[number], look)
  }

  /// Whether no byte of a text is above 127.
  func isASCII(_ number: Int) -> Bool { places[number].isASCII }

  /// Whether a text has these bytes.
  @inline(__always)
  func holds(_ bytes: Span<UInt8>, as number: Int) -> Bool {
    texts.holds(bytes, at: places[number])
  }
}
