import ExceptionLedger
import Exceptions
import Testing
import WorkingTime

@Suite("What a week brought")
struct WeekTests {
  let scratch = Scratch()
  var path: String { scratch.file("l.sqlite") }

  @Test("between lists that are read once a week nothing comes and goes unseen")
  func week() throws {
    let nights = [
      ("2016-01-04", ["V1"]), ("2016-01-05", ["V1", "V2"]), ("2016-01-06", ["V2"]),
      ("2016-01-10", ["V1", "V2"]), ("2016-01-11", ["V2"]), ("2016-01-18", ["V2"]),
    ]
    var told: [String: TeamStanding.WeekCounts] = [:]
    for (asOf, listed) in nights {
      let run = try record(report(asOf, listed.map { exception($0) }), in: path)
      told[asOf] = run.news?.teams.first { $0.team == .named("East") }?.week
    }
    // No figures before there is a run from a week ago, nor where no run came in between.
    #expect(
      told == ["2016-01-11": TeamStanding.WeekCounts(opened: 1, worse: 1, reopened: 1, resolved: 2)]
    )
  }

  @Test("what a week moved to other teams, or ended without being put right, is counted with it")
  func weekOfMoves() throws {
    let nights = [
      ("2016-01-04", [exception("V1"), exception("V2"), exception("V3")]),
      ("2016-01-05", [exception("V1"), exception("V2", team: "West"), exception("V3")]),
      ("2016-01-11", [exception("V1"), exception("V2", team: "West")]),
    ]
    var news: LedgerNews?
    for (asOf, listed) in nights {
      news = try record(
        report(asOf, listed), in: path, evidence: { $0.map { _ in .tooOld } }
      ).news
    }
    let weeks = try #require(news).teams.reduce(into: [:]) { $0[$1.team.shown] = $1.week }
    let (east, west) = (try #require(weeks["East"]), try #require(weeks["West"]))
    #expect([east.movedIn, east.movedOut, east.lapsed, east.resolved] == [0, 1, 1, 0])
    #expect([west.movedIn, west.movedOut, west.lapsed, west.opened] == [1, 0, 0, 0])
  }
}
