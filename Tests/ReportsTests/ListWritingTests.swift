import Exceptions
import Foundation
import Reports
import Testing
import WorkingTime

/// Collects what is put into files, and checks that only one thread puts at a time.
final class WrittenFiles: @unchecked Sendable {
  private let lock = NSLock()
  private(set) var files: [String: [UInt8]] = [:]

  func put(_ bytes: [UInt8], into path: String) {
    #expect(lock.try(), "two threads put at once")
    files[path, default: []] += bytes
    lock.unlock()
  }
}

@Suite("Writing of lists")
struct ListWritingTests {
  private struct Full: Error {}

  /// The files of a run with this many exceptions, of two teams and none, every ninth waived.
  private func files(_ count: Int) throws -> [ReportFile] {
    var report = figuresReport()
    let exceptions = (0..<count).map { number in
      var one = exception("seen", [.none, .named("East"), .named("West")][number % 3])
      one.personID = "P\(number % 700)"
      one.recordID = "R\(number)"
      one.message = "It says \"\(number)\", and more."
      if number % 9 == 0 { one.list = .waived }
      return one
    }
    report.exceptions = inListOrder(exceptions, threads: 2)
    let pages = PageSettings(brand: Brand(), templates: try PageTemplates())
    return try runFiles(report, [.csv], pages, threads: 2)
  }

  @Test(
    "lists that are written together are what each is by itself", arguments: [0, 1, 1_025, 40_000])
  func together(_ count: Int) throws {
    let files = try files(count)
    let found = WrittenFiles()
    for group in ReportFile.groups(files, threads: 2) {
      try group.write { found.put($1, into: group.paths[$0]) }
    }
    #expect(Set(found.files.keys) == Set(files.map(\.path)))
    for file in files { #expect(found.files[file.path] == file.contents, "\(file.path)") }
    let lines = { (path: String) in (found.files[path] ?? []).count { $0 == UInt8(ascii: "\n") } }
    #expect(lines("exceptions.csv") == count + 1)
    let ofTeams = files.map(\.path).filter {
      $0.hasPrefix("teams/") && $0.hasSuffix("/exceptions.csv")
    }
    #expect(ofTeams.reduce(0) { $0 + lines($1) - 1 } == count - (count + 8) / 9)
  }

  @Test("where a disk is full, the writing ends and says so")
  func full() throws {
    let group = try #require(
      ReportFile.groups(try files(40_000), threads: 2).first {
        $0.paths.contains("exceptions.csv")
      })
    #expect(throws: Full.self) {
      let found = WrittenFiles()
      try group.write { number, bytes in
        found.put(bytes, into: group.paths[number])
        if (found.files["exceptions.csv"]?.count ?? 0) > 1_000_000 { throw Full() }
      }
    }
  }
}

@Suite("Exceptions as values")
struct ExceptionValueTests {
  @Test("one that is changed leaves its copies as they were")
  func copies() {
    let before = fullException()
    var after = before
    #expect(after == before)
    after.message = "Other words."
    after.status = .late
    #expect(before == fullException())
    #expect(after != before)
    after.message = before.message
    after.status = .overdue
    #expect(after == before)
    after.blocks = []
    #expect(after != before)
  }

  @Test("numbers that are none stay none")
  func none() {
    var one = fullException()
    one.occasion = nil
    one.runsOpen = nil
    one.firstSeen = nil
    #expect(one.occasion == nil && one.runsOpen == nil && one.firstSeen == nil)
    one.firstSeen = CalendarDate(iso: "2016-02-29")
    #expect(one.firstSeen?.description == "2016-02-29")
  }
}
