// Assessments, and the cases that end with one.
extension ChildWriter {
  /// Writes a case that has been assessed and closed, or is being assessed.
  mutating func liveAssessed() {
    let day = clock.workingDay(upTo: asOf - random.between(15, 500))
    born = day - random.between(30, 6000)
    writePerson()
    refer(on: day)
    let seen = writeFirstVisit()
    let isOverdue = isMeant(.assessmentOverdue)
    let isForEarlyHelp = isMeant(.stepDownNotReached) || isMeant(.earlyHelpPlanMissing)
    let outcome = isForEarlyHelp ? "EH" : random.pick(["NFA", "NFA", "EH"])
    let assessed = writeAssessment(outcome: outcome, seenOn: seen)
    let closed = isOverdue ? nil : assessed.map { $0 + random.between(0, 5) }
    let closedOn = closed.flatMap { $0 <= asOf ? $0 : nil }
    // RC8 is closure without further action; RC9 is closure to early help.
    let isHandedOver = outcome == "EH"
    writeReferral(seenOn: seen, closedOn: closedOn, reason: isHandedOver ? "RC9" : "RC8")
    if isHandedOver, let closedOn { writeEarlyHelp(from: closedOn) }
    writeInvolvement("SW", worker, from: day, until: closedOn)
  }

  /// Writes a child who is not born yet.
  mutating func liveUnborn() {
    let day = clock.workingDay(upTo: asOf - random.between(10, 80))
    born = asOf + random.between(5, 150)
    writePerson()
    refer(on: day)
    writeAssessment("PB", outcome: "CIN", seenOn: nil)
    writeReferral(seenOn: nil)
    writeInvolvement("SW", worker, from: day, until: nil)
  }

  /// Writes the first visit after the referral and returns its day; nil if it is still to come.
  mutating func writeFirstVisit() -> Int? {
    let day = clock.working(random.between(1, 9), after: referral.receivedOn)
    guard day <= asOf else { return nil }
    writeVisit("SA", on: day)
    return day
  }

  /// Writes the assessment that follows the referral and returns the day of its completion, if any.
  @discardableResult
  mutating func writeAssessment(
    _ type: String = "SA", outcome: String, seenOn: Int?
  ) -> Int? {
    let assessment = id(.assessment, 1)
    let started = clock.working(random.between(0, 1), after: referral.receivedOn)
    let limit = clock.working(45, after: started)
    var done: Int? = clock.working(random.between(12, 38), after: started)
    if isMeant(.assessmentLate), limit > asOf - 330, limit + 25 < asOf {
      done = limit + random.between(2, 24)
      tables.assessments[.overrunReason] = .text("Police asked for more time")
      plant("assessment-45-days", "assessments", assessment, field: "authorised_on", "done late")
    } else if isMeant(.assessmentOverdue), limit < asOf {
      done = nil
      plant("assessment-45-days", "assessments", assessment, field: "authorised_on", "not done")
    }
    if let day = done, day > asOf { done = nil }
    tables.assessments[.assessmentId] = assessment
    tables.assessments[.personId] = person
    tables.assessments[.referralId] = referral.id
    tables.assessments[.assessmentType] = .text(type)
    tables.assessments[.startedOn] = .date(started)
    if let seenOn {
      // The child was seen at the first visit or, if the assessment starts later, on its first day.
      let seen = max(seenOn, started)
      tables.assessments[.childSeen] = .yes
      tables.assessments[.childSeenOn] = .date(min(seen, done ?? seen))
    }
    tables.assessments[.childViewsRecorded] = .flag(random.happens(90))
    tables.assessments[.familyViewsRecorded] = .flag(random.happens(92))
    tables.assessments[.directWorkSessions] = .number(random.below(5))
    tables.assessments[.factors] = .text(random.pick(["3A;4B", "1C", "2B;4A;7A", "19C", "5A"]))
    tables.assessments[.authorisedOn] = .date(done)
    if done != nil { tables.assessments[.outcome] = .text(outcome) }
    tables.assessments[.team] = .text(worker.team)
    tables.assessments[.worker] = .text(worker.name)
    tables.assessments[.notes] = .note(random.next())
    spoilAssessment(assessment, done)
    tables.assessments.write()
    return done
  }

  private mutating func spoilAssessment(_ assessment: Cell, _ done: Int?) {
    switch fault {
    case .assessmentOfUnknownReferral:
      tables.assessments[.referralId] = .id(.referral, 7)
      let rule = "assessments.referral_id.reference"
      plant(rule, "assessments", assessment, field: "referral_id", "a referral that is not there")
    case .assessmentOutcomeMissing where done != nil:
      tables.assessments[.outcome] = .empty
      plant("assessment-outcome", "assessments", assessment, field: "outcome", "no outcome")
    case .assessmentChildNotSeen where (done ?? 0) > asOf - 330:
      tables.assessments[.childSeen] = .no
      tables.assessments[.childSeenOn] = .empty
      let rule = "child-seen-in-assessment"
      plant(rule, "assessments", assessment, field: "child_seen", "the child was not seen")
    default: break
    }
  }
}
