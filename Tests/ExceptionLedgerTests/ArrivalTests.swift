import Exceptions
import Testing
import WorkingTime

/// What comes to a list from elsewhere.
@Suite("What comes to a list")
struct ArrivalTests {
  let scratch = Scratch()
  var path: String { scratch.file("l.sqlite") }

  @Test("from another team, or no longer waived, it is told as such though it is worse as well")
  func worse() throws {
    func seen(_ team: String, waived: Bool = false) -> [CaseException] {
      var exception = exception("V1", team: team, due: "2016-05-01")
      if waived { exception.list = .waived }
      return [exception]
    }
    // It is overdue for more than 7 days, then for more than 14 and for more than 28.
    let runs = [
      ("2016-05-02", seen("East"), ExceptionChange.new), ("2016-05-09", seen("West"), .moved),
      ("2016-05-10", seen("West", waived: true), .same), ("2016-05-16", seen("West"), .unwaived),
      ("2016-05-30", seen("West"), .worse),
    ]
    for (asOf, exceptions, change) in runs {
      #expect(try record(report(asOf, exceptions), in: path).exceptions[0].change == change)
    }
  }

  @Test("what another team has, and has agreed to, is told to have gone to it")
  func agreedToAtOnce() throws {
    func seen(_ team: String, waived: Bool) -> [CaseException] {
      var exception = exception("V1", team: team)
      if waived { exception.list = .waived }
      return [exception]
    }
    // What left East, what came to the lists of West, and what moved in all.
    let runs = [
      ("2016-05-02", seen("East", waived: false), [0, 0, 0]),
      ("2016-05-03", seen("West", waived: true), [1, 0, 1]),
      ("2016-05-04", seen("East", waived: true), [0, 0, 0]),
      ("2016-05-05", seen("West", waived: false), [1, 1, 1]),
    ]
    for (asOf, exceptions, moves) in runs {
      let news = try #require(try record(report(asOf, exceptions), in: path).news)
      let east = news.teams.first { $0.team == .named("East") }
      let west = news.teams.first { $0.team == .named("West") }
      #expect([east?.movedOut ?? -1, west?.movedIn ?? -1, news.moved] == moves, "\(asOf)")
    }
  }
}
