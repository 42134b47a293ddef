import Exceptions
import Testing
import WorkingTime

@testable import CheckRuns

/// Which waivers take an exception off its list.
@Suite("Waivers")
struct WaiverMatchingTests {
  private static let asOf = CalendarDate(iso: "2016-02-01") ?? .earliest

  private func exception(
    _ status: CaseException.Status, occasion: Int? = nil, due: String = "2016-01-04"
  ) -> CaseException {
    var exception = CaseException(
      rule: "visits", status: status, severity: .error, list: .drift, pack: "", team: .none,
      table: "plans", recordID: "P1")
    exception.occasion = occasion
    exception.dueOn = due
    return exception
  }

  private func waiver(
    rule: String = "visits", occasion: Int? = nil, until: String = "2016-03-01",
    agreedOn: String = "2016-01-10", digest: String = ""
  ) -> Waiver {
    Waiver(
      rule: rule, table: "", record: "P1", occasion: occasion, reason: "Abroad",
      agreedBy: "J Oak", agreedOn: CalendarDate(iso: agreedOn) ?? .earliest,
      until: CalendarDate(iso: until) ?? .earliest, digest: digest)
  }

  private func until(_ exception: CaseException, _ waivers: [Waiver]) -> String? {
    var matching = WaiverMatching(waivers, asOf: Self.asOf)
    return matching.waives(exception)?.description
  }

  @Test("one without a note holds for none of several children's records with one key")
  func sharedKeys() {
    func outcome(
      _ people: [String], digest: String = "", areOccasions: Bool = false
    ) -> [String?] {
      let found = people.enumerated().map { number, person in
        var one = exception(.failed, occasion: areOccasions ? number + 1 : nil)
        one.personID = person
        return one
      }
      let noted = waiver(digest: digest.isEmpty ? "" : found[0].waiverNote.text)
      var matching = WaiverMatching([noted], asOf: Self.asOf)
      for one in found { matching.count(one) }
      let days = found.map { matching.waives($0)?.description }
      let changed = matching.outcome(of: [noted], waived: 0).changed.count
      return days + ["\(changed)"]
    }
    #expect(outcome(["1", "2"]) == [nil, nil, "1"])
    #expect(outcome(["1", "2"], areOccasions: true) == [nil, nil, "1"])
    #expect(outcome(["1", "1"], areOccasions: true) == ["2016-03-01", "2016-03-01", "0"])
    #expect(outcome(["1", "1"]) == ["2016-03-01", "2016-03-01", "0"])
    #expect(outcome(["1", "2"], digest: "noted") == ["2016-03-01", nil, "1"])
  }

  @Test("one holds from the day on which it was agreed to its last day, and the longest counts")
  func days() {
    let failed = exception(.failed)
    #expect(until(failed, [waiver(), waiver(until: "2016-04-01")]) == "2016-04-01")
    #expect(until(failed, [waiver(until: "2016-02-01")]) == "2016-02-01")
    #expect(until(failed, [waiver(until: "2016-01-31")]) == nil)
    #expect(until(failed, [waiver(agreedOn: "2016-02-02")]) == nil)
    #expect(until(failed, [waiver(rule: "others")]) == nil)
    #expect(until(exception(.late, occasion: 2), [waiver(occasion: 1)]) == nil)
  }

  @Test(
    "what is agreed to is what stood there: of a value that must be put right, and of a child who waits",
    arguments: [
      (CaseException.Status.cannotJudge, Int?.none, false), (.overdue, 3, false),
      (.overdue, nil, true), (.late, 3, true), (.failed, nil, true),
    ])
  func changes(_ status: CaseException.Status, _ occasion: Int?, _ holds: Bool) {
    let now = exception(status, occasion: occasion)
    let agreed = waiver(occasion: occasion, digest: now.digest)
    #expect(until(now, [agreed]) == "2016-03-01")
    let other = exception(status, occasion: occasion, due: "2016-01-25")
    var matching = WaiverMatching([agreed], asOf: Self.asOf)
    #expect((matching.waives(other) != nil) == holds)
    #expect(matching.outcome(of: [agreed], waived: 0).changed.count == 1)
  }

  @Test("a waiver that names no occasion, but noted one, does not cover another overdue visit")
  func otherOccasion() {
    let missed = exception(.late, occasion: 1)
    let noted = waiver(digest: missed.waiverNote.text)
    #expect(until(missed, [noted]) == "2016-03-01")
    let later = exception(.overdue, occasion: 2, due: "2016-01-25")
    #expect(until(later, [noted]) == nil)
    // By hand, where nothing is noted, any occasion is any.
    #expect(until(later, [waiver()]) == "2016-03-01")
  }

  @Test("a number that has been given to another child's record is not agreed to")
  func otherChild() {
    var one = exception(.failed)
    one.personID = "P1"
    let agreed = waiver(digest: one.waiverNote.text)
    #expect(until(one, [agreed]) == "2016-03-01")
    var other = one
    other.personID = "P2"
    var matching = WaiverMatching([agreed], asOf: Self.asOf)
    #expect(matching.waives(other) == nil)
    #expect(matching.outcome(of: [agreed], waived: 0).changed == [agreed])
    // Where no digest was noted, or a version that did not know of persons noted one, the record's
    // number alone decides.
    #expect(until(other, [waiver()]) == "2016-03-01")
    #expect(until(other, [waiver(digest: one.digest)]) == "2016-03-01")
  }

  @Test("a waiver of a record is none of the limit's group of its name, nor the reverse")
  func groups() {
    let record = exception(.failed)
    var group = record
    group.isOfGroup = true
    #expect(until(record, [waiver(digest: record.waiverNote.text)]) == "2016-03-01")
    #expect(until(group, [waiver(digest: record.waiverNote.text)]) == nil)
    #expect(until(group, [waiver(digest: group.waiverNote.text)]) == "2016-03-01")
    #expect(until(record, [waiver(digest: group.waiverNote.text)]) == nil)
    // A version that did not tell them apart noted the digests of its contents and its person.
    let earlier = group.waiverNote.text.split(separator: ".").prefix(2).joined(separator: ".")
    #expect(until(group, [waiver(digest: earlier)]) == "2016-03-01")
  }

  @Test("of several records with one key the one that was agreed to is waived")
  func duplicates() {
    let (agreed, other) = (exception(.overdue), exception(.overdue, due: "2016-01-25"))
    let noted = waiver(digest: agreed.waiverNote.text)
    func waived(_ exceptions: [CaseException], _ waiver: Waiver) -> [Bool] {
      var matching = WaiverMatching([waiver], asOf: Self.asOf)
      for exception in exceptions { matching.count(exception) }
      return exceptions.map { matching.waives($0) != nil }
    }
    #expect(waived([agreed, other], noted) == [true, false])
    #expect(waived([agreed, other], waiver()) == [true, true])
    // Two occasions of one record are not duplicates.
    let visits = [exception(.late, occasion: 1), exception(.late, occasion: 2, due: "2016-01-25")]
    #expect(waived(visits, waiver(digest: visits[0].waiverNote.text)) == [true, true])
  }

  @Test("a visit that was noted is waived under the number that it has by now, and no other for it")
  func renumbered() {
    var missed = exception(.overdue, occasion: 28)
    missed.personID = "P1"
    let agreed = waiver(occasion: 28, digest: missed.waiverNote.text)
    func outcome(_ exceptions: [CaseException], _ waiver: Waiver) -> [String] {
      var matching = WaiverMatching([waiver], asOf: Self.asOf)
      for exception in exceptions { matching.count(exception) }
      let waived = exceptions.map { matching.waives($0) == nil ? "listed" : "waived" }
      let outcome = matching.outcome(of: [waiver], waived: 0)
      return waived + (outcome.unmatched.isEmpty ? [] : ["unmatched"])
        + (outcome.changed.isEmpty ? [] : ["changed"])
    }
    var moved = missed
    moved.occasion = 27
    // The one that has its number since, be it only late, was not agreed to.
    let next = exception(.late, occasion: 28, due: "2016-01-25")
    #expect(outcome([moved, next], agreed) == ["waived", "listed"])
    #expect(outcome([next, moved], agreed) == ["listed", "waived"])
    #expect(outcome([moved], agreed) == ["waived"])
    // While it stands where it stood, another one is another one.
    #expect(outcome([missed, moved], agreed) == ["waived", "listed"])
    // Nor is it what is due on another day, or another child's.
    var later = moved
    later.dueOn = "2016-01-25"
    #expect(outcome([later], agreed) == ["listed", "unmatched"])
    var other = moved
    other.personID = "P2"
    #expect(outcome([other], agreed) == ["listed", "unmatched"])
    // Where no more than the number was written, the number decides.
    #expect(outcome([moved], waiver(occasion: 28)) == ["listed", "unmatched"])
    // What has neither day is not known again.
    var undated = exception(.cannotJudge, occasion: 28, due: "")
    let value = waiver(occasion: 28, digest: undated.waiverNote.text)
    undated.occasion = 27
    #expect(outcome([undated], value) == ["listed", "unmatched"])
  }

  @Test("a value that keeps rules from judging wants those waived too")
  func blocks() {
    var value = exception(.failed)
    value.blocks = ["in-time", "seen"]
    #expect(until(value, [waiver(), waiver(rule: "in-time")]) == nil)
    let all = [waiver(), waiver(rule: "in-time"), waiver(rule: "seen")]
    #expect(until(value, all) == "2016-03-01")
    var matching = WaiverMatching(Array(all.prefix(2)), asOf: Self.asOf)
    _ = matching.waives(value)
    #expect(matching.outcome(of: [], waived: 0).blocking.map(\.rules) == [["seen"]])
    #expect(matching.outcome(of: [], waived: 0).unmatched.isEmpty)
  }
}
