import Exceptions

/// The records of a table that could not be read: what an exception rested on may be among them.
struct UnreadRecords {
  struct Place: Hashable {
    var file: String
    var line: Int
  }

  private struct Record {
    var place: Place
    var isPart: Bool
    var text: UnreadText
    /// The run since which it has been so: an exception that was listed after it does not rest on
    /// it.
    var since = Int32.max
  }

  private var records: [Record]
  /// The records by the words in them; none where any may be among so many.
  private var byWord: [UnreadWord: [Int]] = [:]
  /// Since when the last of them, and of those that are but parts, could not be read; whatever run
  /// that is where it is not known.
  private var newest = Int32.max
  private var newestPart: Int32

  /// So many are told apart by what is in them.
  private static let most = 10_000

  init(_ inputs: [InputReport]) {
    records = inputs.flatMap { input in
      input.rejects.map {
        Record(
          place: Place(file: input.path, line: $0.line), isPart: $0.isPart,
          text: UnreadText($0.text))
      }
    }
    newestPart = records.contains(where: \.isPart) ? .max : .min
    guard records.count <= Self.most else { return }
    for (number, record) in records.enumerated() {
      for word in record.text.words { byWord[word, default: []].append(number) }
    }
  }

  /// Takes over since when each could not be read.
  mutating func learn(_ since: [Place: Int32]) {
    for number in records.indices { records[number].since = since[records[number].place] ?? .max }
    newest = records.lazy.map(\.since).max() ?? .min
    newestPart = records.lazy.filter(\.isPart).map(\.since).max() ?? .min
  }

  /// Whether one that could not be read in any run from a day on has all of some names in it, or
  /// may lack them.
  ///
  /// `takesParts` says whether one that is but a part of a record may lack them.
  func mayHold(_ names: [String], since first: Int32, takesParts: Bool = true) -> Bool {
    guard newest >= first else { return false }
    // Quotes are doubled in the file; without a name, it may be any.
    let isAny = names.allSatisfy(\.isEmpty) || names.contains { $0.contains("\"") }
    if isAny || records.count > Self.most { return true }
    if takesParts, newestPart > .min, newestPart >= first { return true }
    // The rarest word leads to the fewest records: keys may all begin with the same.
    let buckets = names.flatMap { UnreadText($0).words }.map { byWord[$0] ?? [] }
    let found = buckets.min { $0.count < $1.count } ?? Array(records.indices)
    return found.contains { number in
      records[number].since >= first && names.allSatisfy { records[number].text.names($0) }
    }
  }
}
