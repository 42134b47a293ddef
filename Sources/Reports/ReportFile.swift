import Exceptions
import Threads

/// A file of a run, before it is written.
public struct ReportFile: Sendable {
  /// The path below OUT, separated by `/`.
  public var path: String
  private let source: Source

  /// Makes a part of a file.
  typealias Part = @Sendable () -> [UInt8]

  private enum Source: Sendable {
    case bytes([UInt8])
    /// The rows of all exceptions, or of one team's, made as they are written.
    case rows(ExceptionList, TeamName?)
    /// A page among so many that they must not all be in memory at once.
    case late(@Sendable () -> [UInt8])
    /// A list that may be too long to be in memory at once: what makes its parts, in order.
    case parts(@Sendable () -> [Part])
  }

  /// A file of a run.
  public init(path: String, contents: [UInt8]) {
    self.path = path
    source = .bytes(contents)
  }

  /// A list of exceptions: of a team, or of the run.
  init(path: String, _ list: ExceptionList, of team: TeamName?) {
    self.path = path
    source = .rows(list, team)
  }

  /// A file that is made now, or only as it is written.
  init(path: String, isMadeLate: Bool, making: @escaping @Sendable () -> [UInt8]) {
    self.path = path
    source = isMadeLate ? .late(making) : .bytes(making())
  }

  /// A list that is put in order, and made part by part, only as it is written.
  init(path: String, parts: @escaping @Sendable () -> [Part]) {
    self.path = path
    source = .parts(parts)
  }

  /// The whole file; a long list, or one of many pages, is made anew on each call.
  public var contents: [UInt8] {
    switch source {
    case .bytes(let bytes): bytes
    case .rows(let list, let team): list.list(of: team)
    case .late(let making): making()
    case .parts(let parts): parts().flatMap { $0() }
    }
  }
}

/// Files of a run that are written together.
public struct ReportFileGroup: Sendable {
  /// The paths below OUT, separated by `/`.
  public let paths: [String]
  /// Writes the files: `put` appends bytes to the file of the given number.
  ///
  /// It is called from one thread at a time.
  public let write: @Sendable (_ put: @Sendable (Int, [UInt8]) throws -> Void) throws -> Void
}

extension ReportFile {
  /// Files in groups that are written together.
  ///
  /// Lists with rows in common form a group, and so do lists in parts and pages that are made as
  /// they are written, on several threads; every other file is a group of its own.
  public static func groups(_ files: [ReportFile], threads: Int) -> [ReportFileGroup] {
    var groups: [ReportFileGroup] = []
    var late: [(path: String, making: @Sendable () -> [UInt8])] = []
    var inParts: [(path: String, parts: @Sendable () -> [Part])] = []
    var lists: [(list: ExceptionList, files: [(path: String, team: TeamName?)])] = []
    for file in files {
      switch file.source {
      case .bytes(let bytes):
        groups.append(ReportFileGroup(paths: [file.path]) { try $0(0, bytes) })
      case .late(let making): late.append((file.path, making))
      case .parts(let parts): inParts.append((file.path, parts))
      case .rows(let list, let team):
        if let known = lists.firstIndex(where: { $0.list === list }) {
          lists[known].files.append((file.path, team))
        } else {
          lists.append((list, [(file.path, team)]))
        }
      }
    }
    if !inParts.isEmpty { groups.append(group(inParts, threads: threads)) }
    if !late.isEmpty { groups.append(group(late, threads: threads)) }
    return lists.map { group($0.list, $0.files) } + groups
  }

  private static func group(
    _ late: [(path: String, making: @Sendable () -> [UInt8])], threads: Int
  ) -> ReportFileGroup {
    ReportFileGroup(paths: late.map(\.path)) { put in
      // A few for each thread, so that no thread waits long for the others.
      let round = threads * 4
      for start in stride(from: 0, to: late.count, by: round) {
        let some = start..<min(start + round, late.count)
        let made = inParallel(some.count, threads: threads) { late[start + $0].making() }
        for (number, bytes) in zip(some, made) { try put(number, bytes) }
      }
    }
  }

  private static func group(
    _ files: [(path: String, parts: @Sendable () -> [Part])], threads: Int
  ) -> ReportFileGroup {
    ReportFileGroup(paths: files.map(\.path)) { put in
      // Whatever is in order waits in memory until written, so no more lists than there are threads.
      for start in stride(from: 0, to: files.count, by: threads) {
        let some = start..<min(start + threads, files.count)
        let parts = inParallel(some.count, threads: threads) { files[start + $0].parts() }
        let all = zip(some, parts).flatMap { number, parts in parts.map { (number, $0) } }
        let round = threads * 16
        for start in stride(from: 0, to: all.count, by: round) {
          let next = all[start..<min(start + round, all.count)]
          let made = inParallel(next.count, threads: threads) { next[start + $0].1() }
          for ((number, _), bytes) in zip(next, made) { try put(number, bytes) }
        }
      }
    }
  }

  private static func group(
    _ list: ExceptionList, _ files: [(path: String, team: TeamName?)]
  ) -> ReportFileGroup {
    let whole = files.indices.filter { files[$0].team == nil }
    let byTeam = Dictionary(
      files.enumerated().compactMap { number, file in file.team.map { ($0, number) } },
      uniquingKeysWith: { first, _ in first })
    return ReportFileGroup(paths: files.map(\.path)) { put in
      for number in files.indices { try put(number, ExceptionList.header) }
      try list.write { bytes, team in
        for number in whole { try put(number, bytes) }
        if let team, let number = byTeam[team] { try put(number, bytes) }
      }
    }
  }
}

/// Some files of a run, and their format; nil for those that are written whatever is asked for.
struct ReportPiece: Sendable {
  let format: OutputFormat?
  let files: @Sendable () -> [ReportFile]

  init(_ format: OutputFormat?, _ files: @escaping @Sendable () -> [ReportFile]) {
    self.format = format
    self.files = files
  }
}

/// All files of a run but its pages and workbooks, in pieces that can be made in parallel.
///
/// The same report gives the same bytes. `report.exceptions` and `report.measures` are written in
/// their order.
func reportPieces(
  _ report: RunReport, _ forReaders: RunReport, _ tally: RunTally, threads: Int
) -> [ReportPiece] {
  let slugs = TeamSlugs(tally.teams.map(\.team))
  let drift = DriftLists(forReaders)
  return [
    ReportPiece(.csv) {
      let list = ExceptionList(report.exceptions, threads: threads)
      let byTeam = tally.teams.map { team in
        ReportFile(path: slugs.path(of: team.team, "exceptions.csv"), list, of: team.team)
      }
      return [ReportFile(path: "exceptions.csv", list, of: nil)] + byTeam
    },
    ReportPiece(.csv) {
      [ReportFile(path: "measures.csv", contents: measureList(report.measures))]
    },
    ReportPiece(.json) {
      [ReportFile(path: "summary.json", contents: summaryFile(report, tally, slugs).bytes)]
    },
    ReportPiece(nil) {
      [
        ReportFile(path: "run.json", contents: runFile(report).bytes),
        ReportFile(path: "metrics.prom", contents: metricsFile(report, tally)),
      ] + rejectLists(report.inputs)
    },
    ReportPiece(.csv) {
      tally.teams.map { team in
        ReportFile(path: slugs.path(of: team.team, "drift.csv")) { drift.parts(of: team) }
      }
    },
  ]
}
