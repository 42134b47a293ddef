import Diagnostics
import Foundation
import Rulebooks
import TestSupport
import Testing

/// What authors are told of times that are not asked for as they believe.
@Suite("Warnings of times")
struct TimeWarningTests {
  private static let timeOfDay =
    "Ask for the time of day as text: string(done_at).matches('T(1[7-9]|2[0-3])') is 17:00 or later"

  @Test(
    "whole hours or months that are the most allowed",
    arguments: [
      (
        "hoursBetween(started_at, done_at) <= 24", "hours: 24 h 59 min is 24 hours here",
        "done_at <= started_at + hours(24)"
      ),
      (
        "24 >= hoursBetween(started_at, done_at)", "hours: 24 h 59 min is 24 hours here",
        "done_at <= started_at + hours(24)"
      ),
      (
        "!(hoursBetween(started_at, done_at) > 1)", "hours: 1 h 59 min is 1 hour here",
        "done_at > started_at + hours(1)"
      ),
      (
        "monthsBetween(started, done) <= 6", "months: a day less than 7 months is 6 months here",
        "done <= started + months(6)"
      ),
      (
        "this.events.all(e, monthsBetween(e.happened, asOf) <= 1)",
        "months: a day less than 2 months is 1 month here", "asOf <= e.happened + months(1)"
      ),
    ])
  func whole(_ check: String, _ what: String, _ instead: String) throws {
    let found = try RuleBench().mistakes(rule: "check: '\(check)'")
    #expect(found.count == 1, "\(found)")
    #expect(found.first?.what.hasSuffix("Between` gives whole \(what)") == true, "\(found)")
    #expect(found.first?.advice == "Write \(instead)")
    #expect(found.first?.severity == .warning)
  }

  @Test("whole hours up to a parameter")
  func upToParameter() throws {
    let folder = try ScratchFolder()
    try folder.write(RuleBench.tables, to: "tables.yaml")
    try folder.write(
      """
      parameters: {most: 24}
      rules:
        - {rule: r, for: duties, check: 'hoursBetween(started_at, done_at) <= most'}
      """, to: "rules.yaml")
    let found = Rulebook.load(RuleSelection(folders: [folder.url.path])).diagnostics
    #expect(
      found.map(\.what) == ["`hoursBetween` gives whole hours: what is over them is cut off here"])
    #expect(found.first?.advice == "Write done_at <= started_at + hours(most)")
  }

  @Test(
    "a date-time that is held against its own day, and days against hours",
    arguments: [
      (
        "done_at - dateOf(done_at) < hours(17)",
        "between a date and a date-time days are counted: the time of day of `done_at` has no say here"
      ),
      (
        "hoursBetween(dateOf(done_at), done_at) < 17",
        "between a date and a date-time days are counted: the time of day of `done_at` has no say here"
      ),
      (
        "done_at < dateOf(done_at) + hours(17)",
        "a date-time and a date are compared by their days: the time of day of `done_at` has no say here"
      ),
      (
        "date(done_at) + hours(17) > done_at",
        "a date-time and a date are compared by their days: the time of day of `done_at` has no say here"
      ),
      (
        "asOf - started_at < hours(24)",
        "an amount of days and one of hours have no order, and this is absent for every record in which there are any days: a day may have 23 or 25 hours"
      ),
      (
        "hours(24) > done_at - dateOf(started_at)",
        "an amount of hours and one of days have no order, and this is absent for every record in which there are any days: a day may have 23 or 25 hours"
      ),
      (
        "asOf - started > months(1)",
        "an amount of days and one of months have no order, and this is absent for every record: a month has 28 to 31 days"
      ),
    ])
  func ownDay(_ check: String, _ what: String) throws {
    let found = try RuleBench().mistakes(rule: "check: '\(check)'")
    #expect(found.map(\.what) == [what])
    #expect(found.first?.severity == .warning)
    if what.contains("time of day") { #expect(found.first?.advice == Self.timeOfDay) }
  }

  @Test("a year that is none of our time")
  func years() throws {
    func said(_ check: String) throws -> [String] {
      try RuleBench().mistakes(rule: "check: '\(check)'").map(\.what)
    }
    let what = "`financialYear` gives a year of four digits, and 23 is none of our time"
    #expect(try said("financialYear(started) == 23") == [what])
    #expect(try said("23 == financialYear(started)") == [what])
    let quotient = try said("financialYear(started) == 2023/24")
    #expect(quotient.contains { $0.contains("and 84 is none") })
    #expect(try said("financialYear(started) == 2023 && year(done) >= 1900") == [])
  }

  @Test(
    "times that are asked for as they are meant",
    arguments: [
      "hoursBetween(started, done_at) <= 24", "hoursBetween(started_at, asOf) <= 24",
      "hoursBetween(started_at, done_at) < 24", "monthsBetween(started, done) >= 6",
      "monthsBetween(started, asOf) == 0", "monthsBetween(started, done) == 6",
      "monthsBetween(started, done) <= size",
      "daysBetween(started, done) <= 6",
      "done_at <= started_at + hours(24)", "done_at - started_at < hours(24)",
      "asOf - started_at < days(2)", "done_at - hours(17) < dateOf(done_at)",
      "done_at == dateOf(done_at)", "done_at <= dateOf(started_at) + days(1)",
      "string(done_at).matches(\"T(1[7-9]|2[0-3])\")",
      "daysBetween(date(\"1900-01-01\"), done_at) % 7 < 5",
      "[done].filter(x, open).first() > started",
    ])
  func meant(_ check: String) throws {
    #expect(try RuleBench().mistakes(rule: "check: '\(check)'") == [])
  }

  @Test(
    "what to write for times as other languages have them",
    arguments: [
      ("check: 'hour(done_at) < 17'", "Ask for the time of day as text: string(x).matches("),
      ("check: 'done_at < time(\"17:00\")'", "Ask for the time of day as text"),
      ("check: 'done_at < \"17:00\"'", "Ask for the time of day as text"),
      ("check: 'done_at.getHours() < 17'", "Ask for the time of day as text"),
      ("check: 'done_at.hour < 17'", "Ask for the time of day as text"),
      ("check: 'started_at + hour(3) > done_at'", "Did you mean `hours`?"),
      ("check: 'weekday(started) == 1'", "Write daysBetween(date(\"1900-01-01\"), d) % 7: 0 is"),
      ("check: 'quarter(started) == 1'", "Write month(d) in [4, 5, 6]"),
      ("check: 'round(weight) == 3'", "Write int(x + 0.5)"),
      ("check: 'financialYear(started) == \"2023/24\"'", "Write 2023 without quotes: the year in"),
      ("check: 'financialYear(started) == \"23/24\"'", "Write the year in which it starts as a"),
      ("check: 'size == \"23\"'", "Write the number without quotes"),
      ("check: 'daysBetween(started, done) >= weeks(2)'", "Write 14 by itself: `daysBetween`"),
      ("check: 'hours(24) >= hoursBetween(started_at, done_at)'", "Write 24 by itself"),
      ("check: 'daysBetween(started, done) >= months(1)'", "Write a number in place of the amount"),
      ("check: 'size > done_at - started_at'", "Write the number as an amount, such as days(n)"),
      ("check: '(open ? done : null) > started'", "Write [x].filter(y, condition).first() for a"),
      ("check: '(open ? null : done) > started'", "Write [x].filter(y, condition).first() for a"),
      ("check: 'done == null'", "Ask with `has(x)`"),
      (
        "deadline: {from: started, within: 8 working hours, to: done}",
        "Hours are those of the clock: write `8 hours`, or count working days"
      ),
      (
        "repeat: {from: started, events: '[done]', every: [3 months, 6 months]}",
        "Write one rule for each interval; `first` is"
      ),
      (
        "repeat: {from: started, events: '[done]', every: 4 per month}",
        "Write the time from one to the next, such as `1 week`"
      ),
    ])
  func foreign(_ rule: String, _ advice: String) throws {
    let found = try RuleBench().mistakes(rule: rule)
    #expect(found.count == 1, "\(found)")
    #expect(found.first?.severity == .error)
    #expect(found.first?.advice?.hasPrefix(advice) == true, "\(found)")
  }
}
