// Child protection: from the strategy discussion to the end of the plan.
extension ChildWriter {
  /// Writes a child who has a child protection plan, or who had one and is now in need.
  mutating func liveProtected() {
    let isOpen = course == .protected
    let day = clock.workingDay(upTo: asOf - random.between(isOpen ? 80 : 320, 560))
    born = day - random.between(30, 5400)
    writePerson()
    refer(on: day, outcome: "STRAT")
    let seen = writeFirstVisit()
    _ = writeAssessment(outcome: "S47", seenOn: seen)
    writeReferral(seenOn: seen)
    writeInvolvement("SW", worker, from: day, until: nil)

    let enquiryStart = writeDiscussion()
    let conference = writeEnquiry(from: enquiryStart)
    let ended = isOpen ? nil : min(conference + random.between(150, 420), asOf - 40)
    let plan = writeProtectionPlan(from: conference, until: ended)
    writeConferences(of: plan, from: conference, until: ended)
    writeCoreGroups(of: plan, from: conference, until: ended)
    writeProtectionVisits(of: plan, from: conference, until: ended)
    writePlanActions("CP", from: conference, until: ended)
    if let ended {
      writeNeedPlan(from: ended, until: nil)
    } else if isMeant(.needPlanOpenBesideProtection) {
      writeNeedPlan(from: conference + 1, until: nil, hasOwnVisits: false)
      let record = id(.plan, 1)
      let rule = "cin-and-cp-together"
      plant(rule, "cin_plans", record, field: "ended_on", "open beside a protection plan")
    }
  }

  /// Writes the strategy discussion and returns its day, on which the enquiry starts.
  private mutating func writeDiscussion() -> Int {
    let triggered = referral.receivedOn
    let held = clock.working(random.between(0, 3), after: triggered)
    let agencies = writeAttendances(of: id(.discussion, 1), held: held)
    tables.discussions[.discussionId] = id(.discussion, 1)
    tables.discussions[.personId] = person
    tables.discussions[.referralId] = referral.id
    tables.discussions[.triggeredOn] = .date(triggered)
    tables.discussions[.heldOn] = .date(held)
    tables.discussions[.outcome] = .text(random.pick(["S47J", "S47S"]))
    tables.discussions[.agencies] = .number(agencies)
    tables.discussions[.recordedOn] = .date(held + random.below(3))
    tables.discussions[.team] = .text(worker.team)
    tables.discussions.write()
    return held
  }

  /// Writes the enquiry and returns the day of its conference.
  private mutating func writeEnquiry(from started: Int) -> Int {
    let enquiry = id(.enquiry, 1)
    let limit = clock.working(15, after: started)
    var ended = clock.working(random.between(5, 14), after: started)
    var conference = clock.working(random.between(9, 15), after: started)
    if isMeant(.enquiryLate), limit > asOf - 330 {
      ended = clock.working(random.between(2, 8), after: limit)
      plant("enquiry-in-time", "section47_enquiries", enquiry, field: "ended_on", "ended late")
    } else if isMeant(.conferenceLate), limit > asOf - 330 {
      conference = clock.working(random.between(1, 8), after: limit)
      plant("conference-15-days", "section47_enquiries", enquiry, "conference held late")
    }
    tables.enquiries[.enquiryId] = enquiry
    tables.enquiries[.personId] = person
    tables.enquiries[.referralId] = referral.id
    tables.enquiries[.discussionId] = id(.discussion, 1)
    tables.enquiries[.startedOn] = .date(started)
    tables.enquiries[.endedOn] = .date(ended)
    tables.enquiries[.childSeenOn] = .date(clock.working(random.between(0, 1), after: started))
    tables.enquiries[.conferenceRequestedOn] = .date(min(ended, conference))
    tables.enquiries[.outcome] = .text("ICPC")
    tables.enquiries[.conferenceUnnecessary] = .no
    tables.enquiries[.team] = .text(worker.team)
    tables.enquiries[.worker] = .text(worker.name)
    tables.enquiries.write()
    return conference
  }

  private mutating func writeProtectionPlan(from start: Int, until end: Int?) -> Cell {
    let plan = id(.protectionPlan, 1)
    let category = random.pick(["NEG", "NEG", "EMO", "EMO", "PHY", "SAB"])
    tables.protectionPlans[.planId] = plan
    tables.protectionPlans[.personId] = person
    tables.protectionPlans[.conferenceId] = id(.conference, 1)
    tables.protectionPlans[.startedOn] = .date(start)
    tables.protectionPlans[.endedOn] = .date(end)
    tables.protectionPlans[.childViewsRecorded] = .flag(random.happens(92))
    tables.protectionPlans[.initialCategory] = .text(category)
    tables.protectionPlans[.latestCategory] = .text(category)
    tables.protectionPlans[.previousPlans] = .number(0)
    tables.protectionPlans[.team] = .text(worker.team)
    tables.protectionPlans[.worker] = .text(worker.name)
    if isMeant(.categoryMissing) {
      tables.protectionPlans[.initialCategory] = .empty
      let rule = "cp_plans.initial_category.required"
      plant(rule, "cp_plans", plan, field: "initial_category", "no category")
    }
    tables.protectionPlans.write()
    return plan
  }

  private mutating func writeConferences(of plan: Cell, from start: Int, until end: Int?) {
    writeConference(1, "ICPC", on: start, plan: .empty)
    let duty = Duty(
      from: start, until: end, first: .months(3), every: .months(6), onWorkingDays: true)
    var neglect = neglect(late: .reviewConferenceLate, by: 4...20)
    // A plan is ended by a conference, on its last working day at the latest.
    let last = end.map { clock.workingDay(upTo: $0) }
    let days = days(of: duty, &neglect)
    for (number, day) in days.enumerated() {
      writeConference(number + 2, "RCPC", on: day, plan: plan, ends: day == last)
    }
    if let last, !days.contains(last) {
      writeConference(days.count + 2, "RCPC", on: last, plan: plan, ends: true)
    }
    if neglect?.happened == true {
      plant("cp-review-conferences", "cp_plans", plan, "a conference held late")
    }
  }

  private mutating func writeConference(
    _ number: Int, _ type: String, on day: Int, plan: Cell, ends: Bool = false
  ) {
    let minutes = clock.working(random.between(4, 19), after: day)
    tables.conferences[.conferenceId] = id(.conference, number)
    tables.conferences[.personId] = person
    if type == "ICPC" { tables.conferences[.enquiryId] = id(.enquiry, 1) }
    tables.conferences[.planId] = plan
    tables.conferences[.conferenceType] = .text(type)
    tables.conferences[.heldOn] = .date(day)
    tables.conferences[.reportReceivedOn] = .date(clock.working(-3, after: day))
    tables.conferences[.chair] = .text(reviewingOfficer.name)
    tables.conferences[.outcome] = .text(type == "ICPC" ? "CPP" : ends ? "END" : "CONT")
    if minutes <= asOf { tables.conferences[.minutesSentOn] = .date(minutes) }
    tables.conferences[.quorate] = .flag(random.happens(97))
    tables.conferences.write()
  }

  private mutating func writeCoreGroups(of plan: Cell, from start: Int, until end: Int?) {
    let duty = Duty(from: start, until: end, first: .workingDays(10), every: .days(42))
    var neglect = neglect(late: .coreGroupLate, by: 2...14)
    for (number, day) in days(of: duty, &neglect).enumerated() {
      let group = id(.coreGroup, number + 1)
      tables.coreGroups[.coreGroupId] = group
      tables.coreGroups[.planId] = plan
      tables.coreGroups[.personId] = person
      tables.coreGroups[.heldOn] = .date(day)
      tables.coreGroups[.recordedOn] = .date(min(day + random.below(4), asOf))
      guard takesFault(.coreGroupTwice) else {
        tables.coreGroups.write()
        continue
      }
      let rule = "core_groups.key"
      plant(rule, "core_groups", group, field: "core_group_id", "the row stands there twice")
      tables.coreGroups.writeTwice()
    }
    if neglect?.happened == true {
      plant("cp-core-groups", "cp_plans", plan, "a meeting held late")
    }
  }

  private mutating func writeProtectionVisits(of plan: Cell, from start: Int, until end: Int?) {
    let every = Pace.workingDays(10)
    let duty = Duty(from: start, until: end, first: every, every: every)
    var neglect = neglect(late: .protectionVisitLate, overdue: .protectionVisitOverdue, by: 2...8)
    let isLate = isMeant(.protectionVisitLate)
    let days = days(of: duty, &neglect)
    for day in days { writeVisit("CP", on: day) }
    guard neglect?.happened == true else { return }
    plant("cp-visits", "cp_plans", plan, isLate ? "a visit made late" : "a visit not made")
    // A child who is not visited is not seen alone either. `cp-child-seen-alone`, which asks for
    // that every six weeks from the age of four (1,461 days) on, then finds the fault too.
    let sixWeeks = 42
    if end == nil, !isLate, max(start, born + 1_461) + sixWeeks < asOf,
      (days.last ?? start) + sixWeeks < asOf
    {
      plant("cp-child-seen-alone", "cp_plans", plan, field: "plan_id", "no visit, none alone")
    }
  }
}
