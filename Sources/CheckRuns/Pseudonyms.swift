public import Diagnostics
import Digests
public import Exceptions
import Foundation
import Reports
import Values

/// Replaces what says whose a record is, so that lists can leave the team.
///
/// Persons and records become keyed hashes that stay the same from run to run; texts that may quote
/// them become the rule's title, with the word whether it is met.
public struct Pseudonyms: Sendable {
  private let digest: KeyedDigest

  /// Reads the key from a file: at least 16 bytes, not counting blanks at its ends.
  public static func load(_ path: String) -> (pseudonyms: Pseudonyms?, mistakes: [Diagnostic]) {
    let start = SourcePosition(file: path, line: 1)
    guard let data = FileManager.default.contents(atPath: path) else {
      return (
        nil,
        [
          Diagnostic(
            at: start, "there is no key for pseudonyms here, or it cannot be read",
            advice: "Make one: head -c 32 /dev/urandom | base64 > \(path)")
        ]
      )
    }
    let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    let trimmed = Array(data).drop { blanks.contains($0) }
    let end = trimmed.lastIndex { !blanks.contains($0) }.map { $0 + 1 } ?? trimmed.startIndex
    guard let digest = KeyedDigest(key: Array(trimmed[trimmed.startIndex..<end])) else {
      return (
        nil,
        [
          Diagnostic(
            at: start, "this key is shorter than 16 bytes, and could be guessed",
            advice: "Make one: head -c 32 /dev/urandom | base64 > \(path)")
        ]
      )
    }
    return (Pseudonyms(digest: digest), openness(of: path))
  }

  /// A warning where anybody but the owner and a group may read the key, or anybody but the owner
  /// may change it.
  private static func openness(of path: String) -> [Diagnostic] {
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let attributes = try? FileManager.default.attributesOfItem(atPath: real)
    guard let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue, mode & 0o026 != 0
    else { return [] }
    return [
      Diagnostic(
        .warning, at: SourcePosition(file: path, line: 1),
        "others may read or change this key, and with it undo the pseudonyms",
        advice: "Take the right away: chmod 600 \(path)")
    ]
  }

  private init(digest: KeyedDigest) { self.digest = digest }

  /// Eight letters and digits that tell lists made with this key from others.
  ///
  /// The key cannot be found from them.
  public var mark: String { String(digest.digest(["mark"]).prefix(8)) }

  private func person(_ id: String) -> String { id.isEmpty ? "" : digest.digest(["person", id]) }

  private func record(_ id: String, of table: String) -> String {
    id.isEmpty ? "" : digest.digest(["record", table, id])
  }

  /// What takes the place of a message: the title of a rule says how things should be, and alone
  /// would say the opposite of what was found.
  private func told(_ title: String, of status: CaseException.Status) -> String {
    switch status {
    case .failed, .overdue, .late: "Not met: \(title)"
    case .cannotJudge: "Not judged: \(title)"
    case .dueSoon: title
    }
  }

  /// The report with pseudonyms, its lists sorted again; rejected records lose their text.
  public func applied(to report: RunReport) -> RunReport {
    var report = report
    let rules = report.rulesByName
    func replace(_ exception: inout CaseException) {
      exception.recordID = record(exception.recordID, of: exception.table)
      exception.personID = person(exception.personID)
      exception.value = ""
      let title = rules[exception.rule]?.title ?? exception.rule
      exception.message = told(title, of: exception.status)
      exception.sourceLine = nil
    }
    for index in report.exceptions.indices { replace(&report.exceptions[index]) }
    for index in report.dueSoon.indices { replace(&report.dueSoon[index]) }
    report.exceptions.sort(by: precedesInList)
    report.dueSoon.sort(by: precedesInList)
    for input in report.inputs.indices {
      report.inputs[input].rejects = report.inputs[input].rejects.withoutTexts
    }
    // Why something was agreed to may name the child.
    for index in report.waivers?.all.indices ?? 0..<0 {
      report.waivers?.all[index].reason = ""
      report.waivers?.all[index].agreedBy = ""
    }
    func replace(_ entry: inout LedgerEntry) {
      entry.key.record = record(entry.key.record, of: entry.key.table)
      entry.personID = person(entry.personID)
    }
    if var news = report.news {
      for index in news.ended.indices { replace(&news.ended[index]) }
      for index in news.unsettled.indices { replace(&news.unsettled[index]) }
      news.ended.sort { $0.key < $1.key }
      news.unsettled.sort { $0.key < $1.key }
      if var since = news.sinceLists {
        for index in since.ended.indices { replace(&since.ended[index]) }
        since.ended.sort { $0.key < $1.key }
        news.sinceLists = since
      }
      report.news = news
    }
    return report
  }
}
