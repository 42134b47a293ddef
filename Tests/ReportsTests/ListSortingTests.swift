import Exceptions
import Reports
import Testing
import WorkingTime

/// A source of exceptions held as numbers, as in a run; a record's row is its index in `words`.
private final class NumberedWords: ExceptionSource {
  private let words: [CaseException]
  private let teams: [TeamName]

  init(_ words: [CaseException], teams: [TeamName]) {
    self.words = words
    self.teams = teams
  }

  private func words(_ record: ExceptionRecord) -> CaseException { words[Int(record.row)] }

  func text(_ cell: ExceptionCell, of record: ExceptionRecord) -> String {
    words(record).source.text(cell, of: words(record).record)
  }

  func team(of record: ExceptionRecord) -> TeamName { teams[Int(record.team)] }
  func severity(of record: ExceptionRecord) -> CaseException.Severity { words(record).severity }
  func daysLate(of record: ExceptionRecord) -> Int? { words(record).daysLate }
  func sourceLine(of record: ExceptionRecord) -> Int? { words(record).sourceLine }
  func blocks(of record: ExceptionRecord) -> [String] { words(record).blocks }
}

/// The same exceptions, as numbers of one source.
private func numbered(_ exceptions: [CaseException]) -> [CaseException] {
  let teams = Array(Set(exceptions.map(\.team)))
  let rules = Array(Set(exceptions.map(\.rule)))
  let source = NumberedWords(exceptions, teams: teams)
  return exceptions.enumerated().map { place, exception in
    var record = exception.record
    record.row = Int32(place)
    record.team = Int32(teams.firstIndex(of: exception.team) ?? 0)
    record.kind = Int32(rules.firstIndex(of: exception.rule) ?? 0)
    return CaseException(record, of: source)
  }
}

/// Exceptions that are hard to put in order, each with its index as its message.
private func hardToTell(_ count: Int) -> [CaseException] {
  var state: UInt64 = 42
  func pick<Element>(_ elements: [Element]) -> Element {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return elements[Int(state >> 33) % elements.count]
  }
  let persons = [
    "", "4000", "40000001", "40000002", "400000012", "400000013", "=1", "-5", "-a", "é", "e\u{301}",
    "a", "a\0", "a\0b", "Z", "+441803201201", "\u{FEFF}=1",
  ]
  let records = [
    "", "V1", "V10", "V2", "V123456789012345", "V1234567890123456", "V12345678901234567",
    "V12345678901234568", "=x", "'x", " x", "V1\0", "line:7", "é", "-7", "7",
  ]
  let teams: [TeamName] = [.none, .named("(no team)"), .named("East"), .named("=East")]
  return (0..<count).map { number in
    var one = exception(pick(["a", "b", "=c"]), pick(teams), list: pick([.correction, .drift]))
    one.personID = pick(persons)
    one.recordID = pick(records)
    one.occasion = pick([nil, 1, 2, 10])
    one.field = pick(["", "f", "=f"])
    one.sourceFile = pick(["a.csv", "b.csv"])
    one.sourceLine = pick([nil, 9, 10])
    one.message = "\(number)"
    return one
  }
}

@Suite("Sorting of lists")
struct ListSortingTests {
  @Test(
    "first bytes and numbers give the order of whole cells, and what is equal stays in its order",
    arguments: [1, 3])
  func sameOrder(_ threads: Int) {
    let exceptions = hardToTell(3_000)
    let wanted = exceptions.enumerated().sorted { a, b in
      if precedesInList(a.element, b.element) { return true }
      return !precedesInList(b.element, a.element) && a.offset < b.offset
    }.map(\.element.message)
    #expect(inListOrder(exceptions, threads: threads).map(\.message) == wanted)
    #expect(inListOrder(numbered(exceptions), threads: threads).map(\.message) == wanted)
  }

  @Test("a list by numbers has the bytes of the same list by words")
  func sameBytes() {
    var report = figuresReport()
    var exceptions = hardToTell(3_000)
    for place in exceptions.indices where place % 5 == 0 {
      exceptions[place].list = .waived
      exceptions[place].waivedUntil = CalendarDate(iso: "2016-12-31")
      exceptions[place].blocks = ["a-rule", "b-rule"]
    }
    report.exceptions = inListOrder(exceptions, threads: 1)
    let byWords = reportFiles(report)
    report.exceptions = inListOrder(numbered(exceptions), threads: 1)
    let byNumbers = reportFiles(report)
    #expect(byWords.map(\.path) == byNumbers.map(\.path))
    for (a, b) in zip(byWords, byNumbers) { #expect(a.contents == b.contents, "\(a.path)") }
  }
}
