// Early help, private fostering and the actions that plans set.
extension ChildWriter {
  /// Writes the early help to which a closed case was handed over.
  mutating func writeEarlyHelp(from closedOn: Int) {
    if isMeant(.stepDownNotReached) {
      let rule = "step-down-reached-early-help"
      plant(rule, "referrals", referral.id, field: "closure_reason", "early help never began")
      return
    }
    let episode = id(.earlyHelp, 1)
    let started = min(closedOn + random.below(6), asOf)
    let ended = started + random.between(90, 240)
    tables.earlyHelp[.episodeId] = episode
    tables.earlyHelp[.personId] = person
    tables.earlyHelp[.referredOn] = .date(closedOn)
    tables.earlyHelp[.startedOn] = .date(started)
    tables.earlyHelp[.assessedOn] = .date(started)
    tables.earlyHelp[.planOn] = .date(min(started + random.between(2, 14), asOf))
    if ended < asOf {
      tables.earlyHelp[.endedOn] = .date(ended)
      tables.earlyHelp[.endReason] = .text("Aims met")
    } else if isMeant(.earlyHelpPlanMissing) {
      tables.earlyHelp[.planOn] = .empty
      plant("early-help-has-plan", "early_help_episodes", episode, field: "plan_on", "no plan")
    }
    tables.earlyHelp[.consent] = .text("GIVEN")
    tables.earlyHelp[.organisation] = .text(
      random.pick(["School", "Health visiting", "Family hub"]))
    tables.earlyHelp[.team] = .text(worker.team)
    tables.earlyHelp[.worker] = .text(worker.name)
    tables.earlyHelp.write()
  }

  /// Writes a private fostering arrangement, notified within the last year, for a few children.
  mutating func writePrivateFostering() {
    let isMeant = isMeant(.fosteringVisitLate) || isMeant(.fosteringNotSeenAlone)
    guard isMeant || random.happens(5), asOf - born < 15 * 365, asOf - born > 4 * 365 else {
      return
    }
    let record = id(.fostering, 1)
    let notified = clock.workingDay(upTo: asOf - random.between(150, 330))
    let ended = random.happens(30) && !isMeant ? asOf - random.between(10, 60) : nil
    let arrived = notified + random.between(-10, 50)
    tables.fostering[.arrangementId] = record
    tables.fostering[.personId] = person
    tables.fostering[.notifiedOn] = .date(notified)
    tables.fostering[.startedOn] = .date(arrived)
    tables.fostering[.endedOn] = .date(ended)
    tables.fostering[.outcome] = .text("PF")
    tables.fostering[.assessmentStartedOn] = .date(notified + random.below(5))
    tables.fostering[.assessmentAuthorisedOn] = .date(notified + random.between(20, 42))
    tables.fostering[.team] = .text(worker.team)
    tables.fostering[.worker] = .text(worker.name)
    tables.fostering.write()

    let duty = Duty(from: notified, until: ended, first: .workingDays(7), every: .days(42))
    var neglect = neglect(late: .fosteringVisitLate, by: 2...14)
    // The first visit is never late: a stricter rule of its own would find that too. Nor is one due
    // before the child came: the six weeks run from then on.
    if let dueFrom = neglect?.dueFrom {
      neglect?.dueFrom = max(dueFrom, notified + 30, arrived + 42)
    }
    for (number, day) in days(of: duty, &neglect).enumerated() {
      writeFosteringVisit(number + 1, of: record, on: day)
    }
    if neglect?.happened == true {
      let rule = "private-fostering-visits-first-year"
      plant(rule, "private_fostering", record, "a visit made late")
    }
  }

  private mutating func writeFosteringVisit(_ number: Int, of record: Cell, on day: Int) {
    let visit = id(.fosteringVisit, number)
    tables.fosteringVisits[.visitId] = visit
    tables.fosteringVisits[.arrangementId] = record
    tables.fosteringVisits[.personId] = person
    tables.fosteringVisits[.visitedOn] = .date(day)
    tables.fosteringVisits[.seen] = .yes
    tables.fosteringVisits[.seenAlone] = .yes
    tables.fosteringVisits[.reportOn] = .date(min(day + random.below(10), asOf))
    if takesFault(.fosteringNotSeenAlone) {
      tables.fosteringVisits[.seenAlone] = .no
      let rule = "private-fostering-seen-alone"
      plant(rule, "private_fostering_visits", visit, field: "seen_alone", "not seen alone")
    }
    tables.fosteringVisits.write()
  }

  /// Writes the actions that a plan sets.
  mutating func writePlanActions(_ kind: String, from start: Int, until end: Int?) {
    for number in 1...random.between(2, 5) {
      let last = end ?? asOf
      let set = start + random.below(max(1, last - start))
      let due = set + random.between(10, 90)
      var done: Int? = due - random.below(10)
      let action = id(.planAction, number)
      tables.planActions[.childActionId] = action
      tables.planActions[.personId] = person
      tables.planActions[.planKind] = .text(kind)
      tables.planActions[.action] = .note(random.next())
      tables.planActions[.responsible] = .text(
        random.pick(["Mother", "Father", "School", "Worker"]))
      tables.planActions[.setOn] = .date(set)
      tables.planActions[.dueOn] = .date(due)
      if due > asOf - 330, due < asOf - 30, takesFault(.actionLate) {
        done = due + random.between(1, 28)
        let rule = "child-plan-action-done"
        plant(rule, "child_plan_actions", action, field: "done_on", "done late")
      } else if due < asOf, takesFault(.actionOverdue) {
        done = nil
        let rule = "child-plan-action-done"
        plant(rule, "child_plan_actions", action, field: "done_on", "not done")
      } else if set > asOf - 330, takesFault(.actionOfNobody) {
        tables.planActions[.responsible] = .empty
        let rule = "child-plan-action-complete"
        plant(rule, "child_plan_actions", action, field: "child_action_id", "nobody is responsible")
      }
      if let day = done, day <= asOf { tables.planActions[.doneOn] = .date(day) }
      tables.planActions[.team] = .text(worker.team)
      tables.planActions[.worker] = .text(worker.name)
      tables.planActions.write()
    }
  }
}
