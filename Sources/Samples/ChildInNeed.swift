// Child in need plans.
extension ChildWriter {
  /// Writes a child in need, whose plan goes on or has ended.
  mutating func liveInNeed() {
    let isOpen = course == .inNeed
    let day = clock.workingDay(upTo: asOf - random.between(isOpen ? 100 : 320, 620))
    born = day - random.between(30, 5400)
    writePerson()
    refer(on: day)
    let seen = writeFirstVisit()
    let assessed = writeAssessment(outcome: "CIN", seenOn: seen) ?? asOf
    let started = min(assessed + random.between(0, 5), asOf)
    let ended = isOpen ? nil : min(started + random.between(90, 220), asOf - 3)
    writeReferral(seenOn: seen, closedOn: ended, reason: "RC7")
    writeInvolvement("SW", worker, from: day, until: ended)
    writeNeedPlan(from: started, until: ended)
    writePlanActions("CIN", from: started, until: ended)
  }

  /// Writes a plan with its visits and reviews.
  mutating func writeNeedPlan(from start: Int, until end: Int?, hasOwnVisits: Bool = true) {
    let plan = id(.plan, 1)
    tables.needPlans[.planId] = plan
    tables.needPlans[.personId] = person
    tables.needPlans[.referralId] = referral.id
    tables.needPlans[.startedOn] = .date(start)
    tables.needPlans[.endedOn] = .date(end)
    tables.needPlans[.updatedOn] = .date(min(end ?? asOf, max(start, asOf - random.below(60))))
    tables.needPlans[.childViewsRecorded] = .flag(random.happens(92))
    if end != nil { tables.needPlans[.closureReason] = .text("RC7") }
    tables.needPlans[.team] = .text(worker.team)
    tables.needPlans[.worker] = .text(worker.name)
    tables.needPlans.write()

    writeNeedReviews(of: plan, from: start, until: end)
    guard hasOwnVisits else { return }
    let every = Pace.workingDays(20)
    let duty = Duty(from: start, until: end, first: every, every: every)
    var neglect = neglect(late: .needVisitLate, overdue: .needVisitOverdue, by: 2...12)
    let isLate = isMeant(.needVisitLate)
    for day in days(of: duty, &neglect) { writeVisit("CIN", on: day) }
    if neglect?.happened == true {
      plant("cin-visits", "cin_plans", plan, isLate ? "a visit made late" : "a visit not made")
    }
  }

  private mutating func writeNeedReviews(of plan: Cell, from start: Int, until end: Int?) {
    let duty = Duty(from: start, until: end, first: .months(3), every: .months(6))
    for (number, day) in days(of: duty).enumerated() {
      tables.needReviews[.reviewId] = id(.planReview, number + 1)
      tables.needReviews[.planId] = plan
      tables.needReviews[.personId] = person
      tables.needReviews[.heldOn] = .date(day)
      tables.needReviews[.minutesSentOn] = .date(min(day + random.below(10), asOf))
      tables.needReviews[.recordedOn] = .date(min(day + random.below(5), asOf))
      tables.needReviews.write()
    }
  }
}
