/// A time in care.
struct CareSpell {
  var start: Int
  var end: Int?
  var period: Cell
  /// The days on which reviews were held.
  var reviews: [Int] = []

  /// The last day of the period on which anything can have been recorded.
  func lastDay(_ asOf: Int) -> Int { end ?? asOf }
}

// Children who are looked after: the period, its legal status and its placements.
extension ChildWriter {
  private static let endReasons = ["E4A", "E4A", "E45", "E41", "E8"]

  /// Writes a child who is looked after, or was until recently.
  mutating func liveInCare() {
    let isOpen = course == .lookedAfter
    let start = asOf - random.between(isOpen ? 40 : 200, 1100)
    let end = isOpen ? nil : min(start + random.between(60, 700), asOf - 5)
    // Children who are no longer looked after must be too young to count as care leavers.
    let oldest = clock.years(isOpen ? -18 : -16, after: asOf) + 10
    born = random.between(oldest, start - 10)
    let day = clock.workingDay(upTo: start - random.between(12, 60))
    born = min(born, day - 10)
    writePerson()
    refer(on: day)
    let seen = writeFirstVisit()
    _ = writeAssessment(outcome: "CLA", seenOn: seen)
    writeReferral(seenOn: seen, closedOn: end, reason: "RC7")
    writeInvolvement("SW", worker, from: day, until: end)
    let spell = writeCare(from: start, until: end, reason: random.pick(Self.endReasons))
    writeMissingEpisodes(spell)
    writeCustody(spell)
    writeEligibility(spell)
  }

  /// Writes a period in care and everything that belongs to it.
  mutating func writeCare(from start: Int, until end: Int?, reason: String) -> CareSpell {
    var spell = CareSpell(start: start, end: end, period: id(.carePeriod, 1))
    let status = writeLegalStatuses(spell)
    let officerFrom = clock.working(random.between(0, 5), after: start)
    writeInvolvement("IRO", reviewingOfficer, from: min(officerFrom, asOf), until: end)

    tables.carePeriods[.periodId] = spell.period
    tables.carePeriods[.personId] = person
    tables.carePeriods[.startedOn] = .date(start)
    tables.carePeriods[.endedOn] = .date(end)
    if end != nil { tables.carePeriods[.endReason] = .text(reason) }
    tables.carePeriods[.legalStatus] = .text(status.code)
    tables.carePeriods[.legalStatusOn] = .date(status.from)
    tables.carePeriods[.categoryOfNeed] = .text(random.pick(["N1", "N1", "N1", "N5", "N8"]))
    tables.carePeriods[.carePlanOn] = .date(clock.working(random.between(2, 10), after: start))
    tables.carePeriods[.iroId] = reviewingOfficer.id
    tables.carePeriods[.iro] = .text(reviewingOfficer.name)
    tables.carePeriods[.iroAllocatedOn] = .date(officerFrom)
    spoilCarePeriod(spell, status.code)
    tables.carePeriods.write()

    writePlacements(spell)
    writeReviews(&spell)
    writePermanencePlan(spell)
    writeHealth(spell)
    writeEducation(spell)
    writeQuestionnaires(spell)
    return spell
  }

  private mutating func spoilCarePeriod(_ spell: CareSpell, _ status: String) {
    if isMeant(.endReasonMissing), spell.end != nil {
      tables.carePeriods[.endReason] = .empty
      let rule = "care-end-reason"
      plant(rule, "care_periods", spell.period, field: "end_reason", "ended without a reason")
    } else if isMeant(.legalStatusDisagrees), spell.end == nil {
      tables.carePeriods[.legalStatus] = .text(status == "E1" ? "C2" : "E1")
      let rule = "legal-status-agrees"
      plant(rule, "care_periods", spell.period, field: "legal_status", "not the order in force")
    }
  }

  /// Writes the legal statuses in order; returns the last one and the day from which it applies.
  private mutating func writeLegalStatuses(_ spell: CareSpell) -> (code: String, from: Int) {
    var from = spell.start
    var number = 0
    if random.happens(isMeant(.policeProtectionLong) ? 100 : 4) {
      number += 1
      let hours = isMeant(.policeProtectionLong) && from > asOf - 330 ? 76 : 60
      let ended = from * 24 + 20 + hours
      writeLegalStatus(number, "L1", from: (from, 20 * 60), until: (ended / 24, ended % 24 * 60))
      if hours == 76 {
        let record = id(.legal, number)
        let rule = "police-protection-72-hours"
        plant(rule, "legal_status_episodes", record, field: "ended_at", "longer than 72 hours")
      }
      from = ended / 24
    }
    var codes = random.pick([["V2"], ["V2"], ["C1"], ["C1", "C2"], ["C1", "C2", "E1"]])
    while codes.count > 1, from + 200 < spell.lastDay(asOf) {
      number += 1
      let next = from + random.between(120, 181)
      let code = codes.removeFirst()
      writeLegalStatus(number, code, from: (from, 600), until: (next, 600))
      if code == "C1" { writeProceedings(issuedOn: from, finalOrderOn: next) }
      from = next
    }
    let end = spell.end.map { ($0, 600) }
    writeLegalStatus(number + 1, codes[0], from: (from, 600), until: end)
    if codes[0] == "C1" { writeProceedings(issuedOn: from, finalOrderOn: spell.end) }
    return (codes[0], from)
  }

  private mutating func writeLegalStatus(
    _ number: Int, _ code: String, from: (Int, Int), until: (Int, Int)?
  ) {
    tables.legal[.statusId] = id(.legal, number)
    tables.legal[.personId] = person
    tables.legal[.legalStatus] = .text(code)
    tables.legal[.startedAt] = .moment(from.0, from.1)
    if let until { tables.legal[.endedAt] = .moment(until.0, until.1) }
    tables.legal.write()
  }
}
