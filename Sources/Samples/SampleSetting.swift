import Extracts
import Synchronization
import WorkingTime

/// What all children of a sample share.
struct SampleSetting: Sendable {
  let population: Population
  let seed: UInt64
  let clock: Clock
  /// The tables of the rules, by name, each with the fields that a sample fills.
  let definitions: [String: TableDefinition]
  /// The names of the rules that a run with this rulebook judges.
  let rules: Set<String>
  /// How many children in a thousand have a fault.
  let faultsPerThousand: Int
  let dateTexts: DateTextStore

  /// The earliest day on which a case begins; the calendar covers all that is judged of it.
  var earliest: Int { clock.years(-5, after: clock.asOf) }

  /// Whether a rule or a constraint is judged.
  ///
  /// A constraint's name starts with that of its table; it is judged if the rules have the table.
  func isJudged(_ rule: String) -> Bool {
    if rules.contains(rule) { return true }
    guard let dot = rule.firstIndex(of: ".") else { return false }
    return definitions[String(rule[..<dot])] != nil
  }
}

/// The texts of all days, made once for each format.
final class DateTextStore: Sendable {
  private let days: ClosedRange<Int>
  private let known = Mutex<[DateFormat: DateTexts]>([:])

  init(asOf: Int) {
    // From the births of the oldest people to due dates some years ahead.
    days = (asOf - 40 * 366)...(asOf + 4 * 366)
  }

  func texts(_ format: DateFormat) -> DateTexts {
    known.withLock { known in
      if let texts = known[format] { return texts }
      let texts = DateTexts(format, days: days)
      known[format] = texts
      return texts
    }
  }
}
