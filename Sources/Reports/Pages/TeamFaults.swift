import Exceptions

/// What the faults of a run mean for a team, one line for each kind.
///
/// Which file it is, and what to do about it, is for whoever runs casecheck: team managers can do
/// nothing with the options of a program.
struct TeamFaults {
  private enum Kind: CaseIterable {
    case nothing, missing, old, later, damaged, forgotten, unreadable

    init(_ fault: FaultReport) {
      self =
        switch fault.kind {
        case "ledgerLost": .forgotten
        case "missingFile", "missingTable": fault.table.isEmpty ? .nothing : .missing
        case "older": .old
        case "later": .later
        default: fault.table.isEmpty ? .unreadable : .damaged
        }
    }
  }

  /// The sentences, each of which ends in a full stop.
  let sentences: [String]

  /// `title` gives the words that people have for a table.
  init(_ faults: [FaultReport], title: (String) -> String) {
    let byKind = Dictionary(grouping: faults, by: Kind.init)
    var told: Set<String> = []
    var sentences: [String] = []
    for kind in Kind.allCases {
      guard let own = byKind[kind] else { continue }
      // A table is told once, whatever else is wrong with it.
      let tables = Set(own.map(\.table)).subtracting(told)
      told.formUnion(tables)
      let titles = tables.map(title).inByteOrder()
      if let sentence = Self.sentence(kind, titles) { sentences.append(sentence) }
    }
    self.sentences = sentences
  }

  private static func sentence(_ kind: Kind, _ titles: [String]) -> String? {
    let (count, names) = (titles.count, titles.joined(separator: ", "))
    switch kind {
    case .nothing: return "No extract was found, so that nothing was checked."
    case .forgotten:
      return "What earlier runs found is not known: what is new, and since when, may be wrong."
    case .unreadable: return "Something among the extracts could not be read."
    case .missing where count == 1: return "There is no extract of \(names) this time."
    case .missing where count > 1:
      return "\(grouped(count)) tables have no extract this time: \(names)."
    case .old where count == 1: return "The extract of \(names) is an old one."
    case .old where count > 1: return "\(grouped(count)) extracts are old ones: \(names)."
    case .later where count == 1: return "The extract of \(names) is that of a later day."
    case .later where count > 1:
      return "\(grouped(count)) extracts are those of a later day: \(names)."
    case .damaged where count == 1:
      return "The extract of \(names) is incomplete or damaged this time."
    case .damaged where count > 1:
      return "\(grouped(count)) extracts are incomplete or damaged this time: \(names)."
    case .missing, .old, .later, .damaged: return nil
    }
  }
}
