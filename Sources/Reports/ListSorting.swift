public import Exceptions
import Threads

/// Exceptions in the order of `precedesInList`; those that it holds for equal stay in theirs.
///
/// Nearly all that tells two of them apart is their team, list and rule, of which there are few: those are put in
/// order once, and what they share is sorted by itself, on so many threads.
public func inListOrder(_ exceptions: [CaseException], threads: Int) -> [CaseException] {
  var groups: [SortGroup: Int] = [:]
  var members: [[Int32]] = []
  var last: (group: SortGroup, number: Int)?
  for (place, exception) in exceptions.enumerated() {
    let group = SortGroup(exception)
    let number: Int
    if let last, last.group == group {
      number = last.number
    } else if let known = groups[group] {
      number = known
    } else {
      number = members.count
      groups[group] = number
      members.append([])
    }
    last = (group, number)
    members[number].append(Int32(truncatingIfNeeded: place))
  }
  let unsorted = members
  let order = groups.values.sorted {
    precedesInList(exceptions[Int(unsorted[$0][0])], exceptions[Int(unsorted[$1][0])])
  }
  let sorted = inParallel(order.count, threads: threads) { number in
    unsorted[order[number]].map { exceptions[Int($0)] }.sorted(by: precedesInList)
  }
  return Array(sorted.joined())
}

/// What exceptions have in common that stand together in a list.
private struct SortGroup: Hashable {
  private let team: String
  private let list: CaseException.List
  private let rule: String

  init(_ exception: CaseException) {
    team = exception.team.shown
    list = exception.list
    rule = exception.rule
  }

  /// By bytes: to Swift, two spellings of a letter with an accent are the same.
  static func == (a: SortGroup, b: SortGroup) -> Bool {
    a.list == b.list && byteOrder(a.rule, b.rule) == 0 && byteOrder(a.team, b.team) == 0
  }
}
