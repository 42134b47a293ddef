// Contacts and referrals.
extension ChildWriter {
  private static let sources = ["1A", "1C", "2A", "2A", "3A", "3B", "3E", "4", "5D", "6", "6", "8"]

  /// Writes a child with one or two contacts that led to nothing.
  mutating func liveWithContactOnly() {
    born = asOf - random.between(400, 6300)
    // Without a date of birth, `private-fostering-seen-alone` could not be judged either.
    if !isMeant(.birthDateMissing) { writePrivateFostering() }
    writePerson()
    var day = clock.workingDay(upTo: asOf - random.between(7, 340))
    for _ in 0..<random.between(1, 2) {
      let outcome = random.pick(["NFA", "ADVICE", "EH"])
      writeContact(on: day, source: random.pick(Self.sources), outcome: outcome)
      day = clock.workingDay(upTo: day - random.between(20, 200))
    }
  }

  /// Writes a contact that becomes a referral.
  ///
  /// The referral itself is written by `writeReferral`, once it is known when the case ends.
  mutating func refer(on day: Int, outcome: String = "SA") {
    referral = Referral(
      id: id(.referral, 1), receivedOn: day, source: random.pick(Self.sources), outcome: outcome)
    writeContact(on: day, source: referral.source, outcome: "REF")
  }

  mutating func writeContact(on day: Int, source: String, outcome: String) {
    contactCount += 1
    let contact = id(.contact, contactCount)
    let minute = random.between(8 * 60, 15 * 60)
    var decided = random.happens(60) ? day : clock.working(1, after: day)
    tables.contacts[.contactId] = contact
    tables.contacts[.personId] = person
    tables.contacts[.contactedOn] = .date(day)
    tables.contacts[.contactedAt] = .moment(day, minute)
    tables.contacts[.source] = .text(source)
    tables.contacts[.outcome] = .text(outcome)
    tables.contacts[.consent] = .text(random.happens(80) ? "GIVEN" : "OVERRIDE")
    tables.contacts[.quality] = .text(random.happens(80) ? "GOOD" : "ADEQUATE")
    tables.contacts[.outOfHours] = .flag(random.happens(4))
    tables.contacts[.team] = .text(worker.team)
    tables.contacts[.worker] = .text(worker.name)
    if random.happens(70) { tables.contacts[.notes] = .note(random.next()) }
    if takesFault(.contactDecidedLate), day > asOf - 330 {
      decided = clock.working(3, after: day)
      plant("contact-decision", "contacts", contact, field: "decided_on", "decided late")
    } else if decided == day {
      // Rated within an hour and decided within 190 minutes, which is in time for every rating.
      tables.contacts[.rag] = .text(random.pick(["R", "A", "G", "G"]))
      tables.contacts[.ratedAt] = .moment(day, minute + random.between(10, 60))
      tables.contacts[.decidedAt] = .moment(day, minute + random.between(70, 190))
    }
    tables.contacts[.decidedOn] = .date(decided)
    spoilContact(contact, from: day, decidedOn: decided)
  }

  private mutating func spoilContact(_ contact: Cell, from day: Int, decidedOn decided: Int) {
    if takesFault(.contactSourceUnknownCode) {
      tables.contacts[.source] = .text("SCHOOL")
      plant("contacts.source.enum", "contacts", contact, field: "source", "no code of the list")
    } else if takesFault(.contactOutcomeMissing) {
      tables.contacts[.outcome] = .empty
      plant("contact-decision-has-outcome", "contacts", contact, field: "outcome", "no outcome")
      // Without the outcome nobody knows whether a referral was to follow, which another rule asks
      // of the contacts of the last year.
      if day > clock.months(-12, after: asOf), clock.working(1, after: decided) < asOf {
        plant("contact-referral-recorded", "contacts", contact, field: "outcome", "no outcome")
      }
    } else if takesFault(.contactConsentMissing) {
      tables.contacts[.consent] = .empty
      plant("contact-consent-recorded", "contacts", contact, field: "consent", "no consent")
    } else if takesFault(.contactTwice) {
      plant("contacts.key", "contacts", contact, field: "contact_id", "the row stands there twice")
      tables.contacts.writeTwice()
      return
    }
    tables.contacts.write()
  }

  /// Writes the referral, and its closure if the case has ended.
  mutating func writeReferral(seenOn: Int?, closedOn: Int? = nil, reason: String = "RC8") {
    let day = referral.receivedOn
    var decided = random.happens(70) ? day : clock.working(1, after: day)
    if isMeant(.referralDecidedLate), day > asOf - 330 {
      decided = clock.working(3, after: day)
      let rule = "referral-decision-1-day"
      plant(rule, "referrals", referral.id, field: "decided_on", "decided late")
    }
    tables.referrals[.referralId] = referral.id
    tables.referrals[.personId] = person
    tables.referrals[.contactId] = id(.contact, contactCount)
    tables.referrals[.receivedOn] = .date(day)
    tables.referrals[.source] = .text(referral.source)
    tables.referrals[.decidedOn] = .date(decided)
    tables.referrals[.outcome] = .text(referral.outcome)
    tables.referrals[.consent] = .text(random.happens(80) ? "GIVEN" : "OVERRIDE")
    tables.referrals[.quality] = .text(random.happens(80) ? "GOOD" : "ADEQUATE")
    tables.referrals[.feedbackOn] = .date(clock.working(random.between(0, 1), after: day))
    tables.referrals[.allocatedOn] = .date(clock.working(random.between(0, 1), after: decided))
    tables.referrals[.destinationTeam] = .text(worker.team)
    tables.referrals[.homeless] = .no
    tables.referrals[.childSeenOn] = .date(seenOn)
    tables.referrals[.noFurtherAction] = .no
    tables.referrals[.primaryNeed] = .text(random.pick(["N1", "N1", "N2", "N4", "N5", "N8"]))
    tables.referrals[.closedOn] = .date(closedOn)
    if closedOn != nil { tables.referrals[.closureReason] = .text(reason) }
    tables.referrals[.team] = .text(worker.team)
    tables.referrals[.worker] = .text(worker.name)
    tables.referrals[.notes] = .note(random.next())
    spoilReferral(day, closedOn)
    tables.referrals.write()
  }

  private mutating func spoilReferral(_ day: Int, _ closedOn: Int?) {
    switch fault {
    case .referralClosedBefore where closedOn != nil:
      tables.referrals[.closedOn] = .date(day - 3)
      let rule = "referral-dates-in-order"
      plant(rule, "referrals", referral.id, field: "closed_on", "closed before it was received")
    case .referralConsentMissing:
      tables.referrals[.consent] = .empty
      plant("referral-consent-recorded", "referrals", referral.id, field: "consent", "no consent")
    // For a year after the closure, `step-down-reached-early-help` would find the fault too:
    // without the reason, nobody can say whether the case was closed to early help.
    case .referralClosureReasonMissing where (closedOn ?? asOf) < clock.months(-12, after: asOf):
      tables.referrals[.closureReason] = .empty
      let rule = "referral-closure-reason"
      plant(rule, "referrals", referral.id, field: "closure_reason", "closed without a reason")
    case .referralNoFurtherActionDisagrees:
      tables.referrals[.noFurtherAction] = .yes
      let rule = "referral-nfa-agrees"
      plant(rule, "referrals", referral.id, field: "no_further_action", "not what the outcome says")
    default: break
    }
  }
}
