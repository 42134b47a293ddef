public import Values

/// The cells of a table that break constraints, by row, then field, then constraint.
///
/// There may be one for every cell of an extract. So each is kept as a few numbers. The words about
/// cells that say the same are kept once; where nearly every cell says something else, only their
/// texts are kept, in memory that a file can lend, and the words are put together when they are
/// asked for.
public struct CellFindings: Sendable {
  private struct Entry: BitwiseCopyable, Sendable {
    var row: Int32
    var field: Int32
    /// The number of the words or, below zero, the complement of the number of a text.
    var words: Int32
    var constraint: CellConstraint
  }

  private var entries: [Entry] = []
  private var words = Numbered<FindingWords>()
  private var texts: PooledTexts
  /// The numbers of the advisors of each of the texts.
  private var textAdvisors: GrowingValues<Int32>
  private var advisors = Numbered<CellAdvisor>()

  /// No findings.
  public init(in spill: ColumnSpill? = nil) {
    texts = PooledTexts(in: spill)
    textAdvisors = GrowingValues(in: spill)
  }

  mutating func append(
    row: Int32, field: Int32, _ constraint: CellConstraint, _ words: FindingWords
  ) {
    let number = self.words.number(of: words)
    entries.append(Entry(row: row, field: field, words: number, constraint: constraint))
  }

  /// Adds a finding whose words are put together when they are asked for.
  mutating func append(
    row: Int32, field: Int32, _ constraint: CellConstraint, text: String, _ advisor: CellAdvisor
  ) {
    let number = Int32(texts.count)
    texts.append(text)
    textAdvisors.append(advisors.number(of: advisor))
    entries.append(Entry(row: row, field: field, words: ~number, constraint: constraint))
  }

  /// Adds the findings of later rows, which begin after this many rows.
  mutating func append(contentsOf later: CellFindings, rowsBefore: Int) {
    if later.isEmpty { return }
    let wordsMoved = later.words.all.map { words.number(of: $0) }
    let advisorsMoved = later.advisors.all.map { advisors.number(of: $0) }
    let before = Int32(texts.count)
    texts.append(contentsOf: later.texts)
    for place in 0..<later.textAdvisors.count {
      textAdvisors.append(advisorsMoved[Int(later.textAdvisors[place])])
    }
    for var entry in later.entries {
      entry.row += Int32(rowsBefore)
      entry.words =
        entry.words < 0 ? ~(~entry.words + before) : wordsMoved[Int(entry.words)]
      entries.append(entry)
    }
  }

  mutating func reserveCapacity(_ count: Int) { entries.reserveCapacity(count) }

  /// Sorts the findings from a place onwards by row; those of one row keep their order.
  mutating func sortByRow(from start: Int) {
    var keys = (start..<entries.count).map {
      UInt64(UInt32(bitPattern: entries[$0].row)) << 32 | UInt64($0)
    }
    keys.sort()
    let sorted = keys.map { entries[Int($0 & 0xFFFF_FFFF)] }
    entries.replaceSubrange(start..., with: sorted)
  }
}

extension CellFindings: RandomAccessCollection {
  /// The first place.
  public var startIndex: Int { 0 }
  /// The place after the last.
  public var endIndex: Int { entries.count }

  /// A finding, with a copy of its text.
  public subscript(place: Int) -> CellFinding {
    let entry = entries[place]
    if entry.words >= 0 {
      return CellFinding(
        row: entry.row, field: entry.field, constraint: entry.constraint,
        words: words.all[Int(entry.words)])
    }
    let text = Int(~entry.words)
    return CellFinding(
      row: entry.row, field: entry.field, constraint: entry.constraint, text: texts[text],
      advisor: advisors.all[Int(textAdvisors[text])])
  }

  /// The row of a finding, from 0.
  public func row(at place: Int) -> Int32 { entries[place].row }

  /// The number of a finding's field.
  public func field(at place: Int) -> Int32 { entries[place].field }

  /// What a finding's cell breaks.
  public func constraint(at place: Int) -> CellConstraint { entries[place].constraint }

  /// The text of a finding's cell, decoded and unquoted.
  public func text(at place: Int) -> String {
    let number = entries[place].words
    return number >= 0 ? words.all[Int(number)].text : texts[Int(~number)]
  }

  /// Whether the same is wrong with the same text in both.
  public func haveSameWords(_ a: Int, _ b: Int) -> Bool {
    let (first, second) = (entries[a], entries[b])
    if first.constraint != second.constraint || first.field != second.field { return false }
    if first.words >= 0 || second.words >= 0 { return first.words == second.words }
    let (one, other) = (Int(~first.words), Int(~second.words))
    return textAdvisors[one] == textAdvisors[other] && texts.areSame(one, other)
  }
}

extension CellFindings: Equatable {
  /// Whether both say the same.
  public static func == (a: CellFindings, b: CellFindings) -> Bool { a.elementsEqual(b) }
}

/// Objects, each of them once, by numbers.
private struct Numbered<Object: AnyObject & Sendable>: Sendable {
  private(set) var all: [Object] = []
  private var numbers: [ObjectIdentifier: Int32] = [:]

  /// The object's number, which it gets where it has none.
  mutating func number(of object: Object) -> Int32 {
    if let number = numbers[ObjectIdentifier(object)] { return number }
    let number = Int32(all.count)
    all.append(object)
    numbers[ObjectIdentifier(object)] = number
    return number
  }
}
