import Exceptions

/// Some exceptions of a run, by their places in its list: far less than a list of their own.
struct ChosenExceptions: RandomAccessCollection, Sendable {
  private let all: [CaseException]
  private let places: [Int32]

  /// All exceptions of a run, in groups that keep the order of the list.
  static func groups<Key: Hashable>(
    of exceptions: [CaseException], by key: (CaseException) -> Key
  ) -> [Key: ChosenExceptions] {
    let places = Dictionary(grouping: exceptions.indices) { key(exceptions[$0]) }
    return places.mapValues {
      ChosenExceptions(all: exceptions, places: $0.map { Int32(truncatingIfNeeded: $0) })
    }
  }

  var startIndex: Int { 0 }
  var endIndex: Int { places.count }

  subscript(position: Int) -> CaseException { all[Int(places[position])] }
}
