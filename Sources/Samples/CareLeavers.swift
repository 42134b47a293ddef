// Care leavers, and looked-after children who will be care leavers.
extension ChildWriter {
  /// Writes a young person who was looked after until the age of 18.
  mutating func liveAsCareLeaver() {
    born = clock.years(-18, after: asOf) - random.between(70, 1000)
    let adulthood = clock.years(18, after: born)
    writePerson()
    let start = adulthood - random.between(200, 690)
    let spell = writeCare(from: start, until: adulthood, reason: random.pick(["E17", "E5"]))
    let assessed = adulthood - random.between(60, 150)
    let plans = writePathwayPlans(
      assessedOn: assessed, agreedOn: assessed + random.between(5, 30), leftOn: spell.end)
    let contacts = writeLeaverContacts(from: adulthood)
    writeInvolvement("PA", worker, from: adulthood, until: nil)

    tables.leavers[.leftCareOn] = .date(spell.end)
    tables.leavers[.latestContactOn] = .date(contacts.last)
    tables.leavers[.accommodation] = .text(random.pick(["Z", "U", "D", "E", "T"]))
    tables.leavers[.accommodationSuitable] = .text("1")
    tables.leavers[.accommodationProvidedOn] = .date(adulthood)
    tables.leavers[.activity] = .text(random.pick(["F2", "F4", "F5", "F6", "P6"]))
    tables.leavers[.pathwayReviewedOn] = .date(plans.last)
    writeLeaver("Former relevant", from: adulthood, assessedOn: assessed)
  }

  /// Lists a child of 16 or 17 who has been looked after for thirteen weeks since the age of 14.
  mutating func writeEligibility(_ spell: CareSpell) {
    guard spell.end == nil, clock.age(born: born, on: asOf) >= 16 else { return }
    let thirteenWeeks = max(spell.start, clock.years(14, after: born)) + 91
    guard thirteenWeeks <= asOf else { return }
    let from = max(thirteenWeeks, clock.years(16, after: born))
    let assessed = from + random.between(20, 70)
    let isAssessed = assessed <= asOf
    if isAssessed {
      _ = writePathwayPlans(
        assessedOn: assessed, agreedOn: min(assessed + random.between(5, 20), asOf))
    }
    writeLeaver("Eligible", from: from, assessedOn: isAssessed ? assessed : nil)
  }

  private mutating func writeLeaver(_ category: String, from: Int, assessedOn: Int?) {
    let leaver = id(.leaver, 1)
    tables.leavers[.leaverId] = leaver
    tables.leavers[.personId] = person
    tables.leavers[.eligibility] = .text(category)
    tables.leavers[.eligibleFrom] = .date(from)
    tables.leavers[.adviserId] = worker.id
    tables.leavers[.adviser] = .text(worker.name)
    tables.leavers[.adviserAllocatedOn] = .date(from)
    tables.leavers[.inTouch] = .text("YES")
    tables.leavers[.needsAssessedOn] = .date(assessedOn)
    tables.leavers[.entitlementsToldOn] = .date(min(from + 30, asOf))
    tables.leavers[.team] = .text(worker.team)
    tables.leavers[.worker] = .text(worker.name)
    if isMeant(.adviserMissing) {
      tables.leavers[.adviserId] = .empty
      tables.leavers[.adviser] = .empty
      let rule = "care-leaver-has-adviser"
      plant(rule, "care_leavers", leaver, field: "adviser", "no personal adviser")
    }
    tables.leavers.write()
  }

  /// Writes the pathway plan and its reviews, and returns their days.
  private mutating func writePathwayPlans(
    assessedOn: Int, agreedOn: Int, leftOn: Int? = nil
  ) -> [Int] {
    let every = Pace.months(6)
    let duty = Duty(from: agreedOn, until: nil, first: every, every: every)
    var neglect = neglect(late: .pathwayReviewLate, by: 3...25)
    // `pathway-plan-reviews` counts anew from the day on which the young person left care.
    if let dueFrom = neglect?.dueFrom, let leftOn {
      neglect?.dueFrom = max(dueFrom, clock.due(every, after: leftOn))
    }
    let plans = [agreedOn] + days(of: duty, &neglect)
    for (number, day) in plans.enumerated() {
      tables.pathways[.pathwayPlanId] = id(.pathwayPlan, number + 1)
      tables.pathways[.personId] = person
      if number == 0 { tables.pathways[.assessedOn] = .date(assessedOn) }
      tables.pathways[.agreedOn] = .date(day)
      tables.pathways[.kind] = .text(number == 0 ? "PLAN" : "REVIEW")
      tables.pathways[.contributed] = .flag(random.happens(90))
      tables.pathways.write()
    }
    if neglect?.happened == true {
      plant("pathway-plan-reviews", "care_leavers", id(.leaver, 1), "a review made late")
    }
    return plans
  }

  /// Writes the personal adviser's visits, and returns their days.
  private mutating func writeLeaverContacts(from start: Int) -> [Int] {
    let duty = Duty(from: start, until: nil, first: .days(7), every: .days(56))
    // These visits have to satisfy two rules. `care-leaver-contact` asks for one every eight weeks;
    // `adviser-visits` for the first within seven days, then one every two months, at least 59
    // days. So a visit one or two days late breaks only the former. A late first visit or a longer
    // delay would break the latter.
    var neglect = neglect(late: .leaverContactLate, by: 1...2)
    if let dueFrom = neglect?.dueFrom { neglect?.dueFrom = max(dueFrom, start + 30) }
    let contacts = days(of: duty, &neglect)
    for (number, day) in contacts.enumerated() {
      tables.leaverContacts[.contactId] = id(.leaverContact, number + 1)
      tables.leaverContacts[.personId] = person
      tables.leaverContacts[.contactedOn] = .date(day)
      tables.leaverContacts[.contactType] = .text("VISIT")
      tables.leaverContacts[.seen] = .yes
      tables.leaverContacts[.atAccommodation] = .yes
      tables.leaverContacts[.worker] = .text(worker.name)
      tables.leaverContacts.write()
    }
    if neglect?.happened == true {
      plant("care-leaver-contact", "care_leavers", id(.leaver, 1), "a contact made late")
    }
    return contacts
  }
}
