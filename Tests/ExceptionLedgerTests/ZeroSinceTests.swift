import Exceptions
import Testing
import WorkingTime

/// Nights on which a team has nothing open, and not every rule is asked.
@Suite("Since when a team is at zero")
struct ZeroSinceTests {
  let scratch = Scratch()
  var path: String { scratch.file("l.sqlite") }

  /// What a night has of the rule `other`.
  private enum Night {
    case asked
    /// Its table or a column of it is missing.
    case notEvaluated
    /// The rules are others, without it.
    case withdrawn
    /// It is a measure, which lists nothing.
    case measure(isEvaluated: Bool)
  }

  /// Since when East is at zero, by a run as of a day.
  private func since(_ asOf: String, _ night: Night) throws -> CalendarDate? {
    var run = report(asOf, [])
    switch night {
    case .asked: break
    case .notEvaluated: run.rules[1].isEvaluated = false
    case .withdrawn:
      run.rules.remove(at: 1)
      run.rulesDigest = "others"
    case .measure(let isEvaluated):
      run.rules[1].list = .none
      run.rules[1].isEvaluated = isEvaluated
    }
    let told = try record(run, in: path)
    return told.news?.teams.first { $0.team == .named("East") }?.zeroSince
  }

  @Test("nights on which a rule of today's could not be evaluated show nothing by it")
  func notEvaluated() throws {
    for asOf in ["2016-01-04", "2016-01-05"] {
      #expect(try since(asOf, .notEvaluated) == day("2016-01-04"))
    }
    for asOf in ["2016-01-06", "2016-01-07"] {
      #expect(try since(asOf, .asked) == day("2016-01-06"))
    }
    // What tonight cannot ask is told beside the day.
    #expect(try since("2016-01-08", .notEvaluated) == day("2016-01-04"))
    #expect(try since("2016-01-09", .asked) == day("2016-01-09"))
  }

  @Test("nights on which a rule was out of force show nothing by it once it is back")
  func withdrawn() throws {
    #expect(try since("2016-01-04", .asked) == day("2016-01-04"))
    #expect(try since("2016-01-05", .withdrawn) == day("2016-01-04"))
    #expect(try since("2016-01-06", .asked) == day("2016-01-06"))
    #expect(try since("2016-01-07", .asked) == day("2016-01-06"))
  }

  @Test("where the time at zero begins with other rules, that stays with it")
  func otherRules() throws {
    let nights: [(asOf: String, rules: String, isListed: Bool, since: String?, isTold: Bool)] = [
      ("2016-01-04", "a", true, nil, false), ("2016-01-05", "b", false, "2016-01-05", true),
      ("2016-01-06", "b", false, "2016-01-05", true),
      ("2016-01-07", "c", false, "2016-01-05", true),
      ("2016-01-08", "c", true, nil, false), ("2016-01-09", "c", false, "2016-01-09", false),
      ("2016-01-10", "d", false, "2016-01-09", false),
    ]
    for night in nights {
      var run = report(night.asOf, night.isListed ? [exception("V1")] : [])
      run.rulesDigest = night.rules
      let told = try record(run, in: path)
      let east = try #require(told.news?.teams.first { $0.team == .named("East") })
      #expect(east.zeroSince == night.since.map { day($0) }, "\(night.asOf)")
      #expect(east.isZeroSinceOtherRules == night.isTold, "\(night.asOf)")
    }
  }

  @Test("a rule that is new begins nothing anew, and neither does one that lists nothing")
  func new() throws {
    #expect(try since("2016-01-04", .withdrawn) == day("2016-01-04"))
    #expect(try since("2016-01-05", .asked) == day("2016-01-04"))
    for (asOf, isEvaluated) in [("2016-01-06", false), ("2016-01-07", true)] {
      #expect(try since(asOf, .measure(isEvaluated: isEvaluated)) == day("2016-01-04"))
    }
  }
}
