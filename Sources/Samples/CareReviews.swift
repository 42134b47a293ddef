// Reviews of looked-after children, and what they decide.
extension ChildWriter {
  private static let plans = ["LTFOST", "LTFOST", "RETURN", "SGO", "ADOPTION", "PARALLEL"]

  /// Writes the reviews: within 20 working days, three months later, then every six months.
  mutating func writeReviews(_ spell: inout CareSpell) {
    let limit = clock.working(20, after: spell.start)
    // No earlier than the latest day of a late education plan, working day 13: the plan also has to
    // be there for the review, and missing that would be a second fault.
    var first = clock.working(random.between(14, 20), after: spell.start)
    if isMeant(.firstReviewLate), limit > asOf - 330, limit + 12 < spell.lastDay(asOf) {
      first = limit + random.between(2, 11)
      plant("cla-first-review", "care_periods", spell.period, "the first review held late")
    }
    spell.reviews.append(first)
    let second = clock.months(3, after: first) - random.below(25)
    if second < spell.lastDay(asOf) {
      spell.reviews.append(second)
      let every = Pace.months(6)
      let duty = Duty(from: second, until: spell.end, first: every, every: every)
      var neglect = neglect(late: .laterReviewLate, by: 3...25)
      spell.reviews += days(of: duty, &neglect)
      if neglect?.happened == true {
        plant("cla-later-reviews", "care_periods", spell.period, "a review held late")
      }
    }
    for (number, day) in spell.reviews.enumerated() { writeReview(number + 1, spell, on: day) }
  }

  private mutating func writeReview(_ number: Int, _ spell: CareSpell, on day: Int) {
    let review = id(.review, number)
    let isInfant = clock.age(born: born, on: day) < 4
    tables.reviews[.reviewId] = review
    tables.reviews[.periodId] = spell.period
    tables.reviews[.personId] = person
    tables.reviews[.heldOn] = .date(day)
    tables.reviews[.cancelled] = .no
    let decided = clock.working(random.between(1, 5), after: day)
    if decided <= asOf { tables.reviews[.decisionsSentOn] = .date(decided) }
    tables.reviews[.iroId] = reviewingOfficer.id
    tables.reviews[.iro] = .text(reviewingOfficer.name)
    tables.reviews[.participation] = .text(isInfant ? "PN0" : random.pick(["PN1", "PN1", "PN6"]))
    let sent = clock.working(random.between(5, 19), after: day)
    if sent <= asOf { tables.reviews[.recordSentOn] = .date(sent) }
    if takesFault(.participationOfInfant) {
      tables.reviews[.participation] = .text(isInfant ? "PN1" : "PN0")
      let rule = "participation-fits-age"
      plant(rule, "looked_after_reviews", review, field: "participation", "not what the age allows")
    }
    tables.reviews.write()
  }

  /// Writes the plan for permanence, agreed by the second review.
  mutating func writePermanencePlan(_ spell: CareSpell) {
    guard let first = spell.reviews.first else { return }
    let due = spell.reviews.count > 1 ? spell.reviews[1] : clock.months(3, after: first)
    let agreed = random.between(first + 1, due)
    if isMeant(.noPermanencePlan), due < asOf, spell.end == nil {
      plant("permanence-plan-second-review", "care_periods", spell.period, "no permanence plan")
      return
    }
    guard agreed <= spell.lastDay(asOf) else { return }
    let kind = random.pick(Self.plans)
    if kind == "ADOPTION" { writeAdoption(spell, decidedOn: agreed) }
    let plan = id(.permanence, 1)
    tables.permanence[.permanencePlanId] = plan
    tables.permanence[.periodId] = spell.period
    tables.permanence[.personId] = person
    tables.permanence[.planType] = .text(kind)
    tables.permanence[.agreedOn] = .date(agreed)
    tables.permanence[.panelOn] = .date(agreed - random.below(10))
    if isMeant(.planTypeMissing) {
      tables.permanence[.planType] = .empty
      let rule = "permanence_plans.plan_type.required"
      plant(rule, "permanence_plans", plan, field: "plan_type", "no kind of plan")
    }
    tables.permanence.write()
  }

  private mutating func writeAdoption(_ spell: CareSpell, decidedOn: Int) {
    let ordered = decidedOn + random.between(60, 160)
    tables.adoptions[.adoptionId] = id(.adoption, 1)
    tables.adoptions[.personId] = person
    tables.adoptions[.enteredCareOn] = .date(spell.start)
    tables.adoptions[.decidedOn] = .date(decidedOn)
    if ordered < spell.lastDay(asOf) { tables.adoptions[.placementOrderOn] = .date(ordered) }
    tables.adoptions.write()
  }
}
