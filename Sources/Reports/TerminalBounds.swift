import Exceptions
import Values

/// The lines of a terminal's table of inputs: one for each file and each table that it was read as.
///
/// Of very many files, those come first of which not everything could be read or trusted, and then
/// the others, as many as a person looks through. `run.json`, which every run writes, has all.
struct ShownInputs {
  let lines: [InputReport]
  /// What is said of the other files; empty where there is none.
  let rest: [String]

  /// Chooses among inputs; both parts keep their order.
  init(_ inputs: [InputReport]) {
    let doubtful = Set(inputs.filter { !$0.isWhole }.map { Text($0.path) })
    let inOrder =
      inputs.filter { doubtful.contains(Text($0.path)) }
      + inputs.filter { !doubtful.contains(Text($0.path)) }
    var shown: Set<Text> = []
    for input in inOrder where shown.count < mostFiles { shown.insert(Text(input.path)) }
    let left = inputs.filter { !shown.contains(Text($0.path)) }
    // A screen that holds all of them has no need of another order.
    lines = left.isEmpty ? inputs : inOrder.filter { shown.contains(Text($0.path)) }
    rest = left.isEmpty ? [] : Self.words(on: left, doubtful)
  }

  /// Every record stays accounted for: the figures of these files and of those shown make the title's.
  private static func words(on left: [InputReport], _ doubtful: Set<Text>) -> [String] {
    let files = Set(left.map { Text($0.path) })
    let read = left.reduce(0) { $0 + $1.rowsRead }
    let checked = left.reduce(0) { $0 + $1.rowsChecked }
    let rejected = left.reduce(0) { $0 + $1.rowsRejected }
    var figures =
      "\(counted(read, "record")) read = \(grouped(checked)) checked + \(grouped(rejected)) rejected"
    let alsoDoubtful = files.intersection(doubtful).count
    if alsoDoubtful > 0 {
      figures += "; \(counted(alsoDoubtful, "file")) with rejected records or not trusted"
    }
    return item("and \(counted(files.count, "more file")) (\(figures)): all files are in run.json")
  }
}

extension InputReport {
  /// Whether all of it could be read and trusted.
  var isWhole: Bool { rowsRejected == 0 && faults.isEmpty }
}

/// The lines of a terminal's table of teams.
///
/// Of very many teams, those with most to do come first, then those of which nothing is known; all
/// are shown where no file says how each stands.
struct ShownTeams {
  let lines: [TeamTally]
  /// What is said of the other teams; empty where there is none.
  let rest: [String]

  /// Chooses among the teams of a run, by the files that it writes.
  init(_ teams: [TeamTally], _ formats: Set<OutputFormat>) {
    let whole =
      formats.contains(.json)
      ? "summary.json, under byTeam" : formats.contains(.html) ? "index.html" : nil
    guard teams.count > mostTeams, let whole else {
      lines = teams
      rest = []
      return
    }
    let inOrder = teams.sorted { a, b in
      if a.standing != b.standing { return a.standing.rank < b.standing.rank }
      return a.toDo != b.toDo ? a.toDo > b.toDo : TeamTally.isBefore(a, b)
    }
    lines = Array(inOrder.prefix(mostTeams))
    let left = inOrder.dropFirst(mostTeams)
    let figures = [Standing.notAtZero, .notKnown, .atZero].compactMap { standing -> String? in
      let count = left.count { $0.standing == standing }
      return count > 0 ? "\(grouped(count)) \(standing.rawValue)" : nil
    }
    rest = item(
      "and \(counted(left.count, "more team")) (\(figures.joined(separator: ", "))): all teams are in \(whole)"
    )
  }
}

extension Standing {
  /// Its place among the others, from what most needs somebody.
  fileprivate var rank: Int {
    switch self {
    case .notAtZero: 0
    case .notKnown: 1
    case .atZero: 2
    }
  }
}

extension TeamTally {
  /// How many exceptions keep the team from zero.
  fileprivate var toDo: Int { exceptions.open + (overTime?.unsettled ?? 0) }
}

/// The most files shown on a terminal.
private let mostFiles = 40

/// The most teams shown on a terminal.
private let mostTeams = 60
