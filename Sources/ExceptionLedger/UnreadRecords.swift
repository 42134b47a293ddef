import Exceptions
import Values

/// The unreadable records of a table: what an exception rested on may be among them.
struct UnreadRecords {
  struct Place: Hashable {
    var file: String
    var line: Int
  }

  private struct Record {
    var place: Place
    var isPart: Bool
    /// Empty where there are too many records to tell apart.
    var text: UnreadText
    /// The run since which it has been unreadable: no exception listed after that rests on it.
    var since = Int32.max
  }

  private var records: [Record]
  /// The records by the words in them; empty where there are too many to tell apart.
  private var byWord: [UnreadWord: [Int]] = [:]
  /// The latest run since which a record, or a partial one, has been unreadable.
  ///
  /// Where that is not known it is the highest number, which counts for any run.
  private var newest = Int32.max
  private var newestPart: Int32

  /// With more records than this, they are not told apart by their text.
  private static let most = 10_000

  init(_ inputs: [InputReport]) {
    let areTold = inputs.reduce(0) { $0 + $1.rejects.count } <= Self.most
    records = inputs.flatMap { input in
      input.rejects.indices.map { place in
        Record(
          place: Place(file: input.path, line: input.rejects.line(at: place)),
          isPart: input.rejects.isPart(at: place),
          text: UnreadText(areTold ? input.rejects[place].text : ""))
      }
    }
    newestPart = records.contains(where: \.isPart) ? .max : .min
    guard areTold else { return }
    for (number, record) in records.enumerated() {
      for word in record.text.words { byWord[word, default: []].append(number) }
    }
  }

  /// Notes since when each record has been unreadable.
  mutating func learn(_ since: [Place: Int32]) {
    for number in records.indices { records[number].since = since[records[number].place] ?? .max }
    newest = records.lazy.map(\.since).max() ?? .min
    newestPart = records.lazy.filter(\.isPart).map(\.since).max() ?? .min
  }

  /// Whether a record that became unreadable on or after a day contains all of some names, or may
  /// lack them.
  ///
  /// `takesParts` says whether a record of which a part is missing may lack them.
  func mayHold(_ names: [String], since first: Int32, takesParts: Bool = true) -> Bool {
    guard newest >= first else { return false }
    // The file doubles the quotes in a name; without a name, any record may be meant.
    let isAny = names.allSatisfy(\.isEmpty) || names.contains { $0.contains("\"") }
    if isAny || records.count > Self.most { return true }
    if takesParts, newestPart > .min, newestPart >= first { return true }
    // The rarest word leads to the fewest records: all keys may begin with the same word.
    let buckets = names.flatMap { UnreadText($0).words }.map { byWord[$0] ?? [] }
    let found = buckets.min { $0.count < $1.count } ?? Array(records.indices)
    return found.contains { number in
      records[number].since >= first && names.allSatisfy { records[number].text.names($0) }
    }
  }
}
