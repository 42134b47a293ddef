// Health, education and wellbeing of looked-after children.
extension ChildWriter {
  /// Writes health assessments and dental checks.
  mutating func writeHealth(_ spell: CareSpell) {
    let limit = clock.working(20, after: spell.start)
    var seen = clock.working(random.between(6, 19), after: spell.start)
    if isMeant(.initialHealthLate), limit > asOf - 330, limit + 14 < spell.lastDay(asOf) {
      seen = limit + random.between(2, 12)
      plant("initial-health-assessment", "care_periods", spell.period, "seen late")
    }
    var number = 1
    writeHealthCheck(number, "IHA", on: seen)
    let fifth = clock.years(5, after: born)
    while true {
      let due = clock.months(seen < fifth ? 6 : 12, after: seen)
      seen = due - random.below(30)
      guard seen < spell.lastDay(asOf) else { break }
      number += 1
      writeHealthCheck(number, "RHA", on: seen)
    }
    let yearly = Pace.months(12)
    let duty = Duty(from: spell.start, until: spell.end, first: yearly, every: yearly)
    for day in days(of: duty) {
      number += 1
      writeHealthCheck(number, "DENTAL", on: day)
    }
  }

  private mutating func writeHealthCheck(_ number: Int, _ type: String, on day: Int) {
    tables.health[.healthId] = id(.health, number)
    tables.health[.personId] = person
    tables.health[.checkType] = .text(type)
    tables.health[.seenOn] = .date(day)
    tables.health[.status] = .text("Completed")
    if type != "DENTAL" {
      tables.health[.reportReceivedOn] = .date(min(day + random.between(3, 20), asOf))
    }
    tables.health.write()
  }

  /// Writes education plans: one within ten working days, then one a term.
  mutating func writeEducation(_ spell: CareSpell) {
    let fourth = clock.years(4, after: born)
    var number = 0
    var day: Int
    if clock.age(born: born, on: spell.start) >= 4 {
      day = clock.working(random.between(3, 10), after: spell.start)
      if isMeant(.educationPlanLate), spell.start > asOf - 300 {
        day = clock.working(random.between(11, 13), after: spell.start)
        plant("pep-10-days", "care_periods", spell.period, "the first education plan made late")
      }
    } else {
      day = fourth + random.between(30, 90)
    }
    while day < spell.lastDay(asOf) {
      number += 1
      tables.education[.pepId] = id(.education, number)
      tables.education[.personId] = person
      tables.education[.heldOn] = .date(day)
      tables.education[.status] = .text("Completed")
      tables.education.write()
      // At intervals of at most 115 days, every term that `pep-each-term` assumes has one: the
      // shortest is 1 January to 25 April.
      day += random.between(95, 115)
    }
  }

  /// Writes the yearly questionnaires of children aged 4 to 16.
  mutating func writeQuestionnaires(_ spell: CareSpell) {
    let from = max(spell.start, clock.years(4, after: born))
    let until = clock.years(17, after: born)
    guard from < min(until, spell.lastDay(asOf)) else { return }
    let yearly = Pace.months(12)
    let duty = Duty(from: from, until: min(spell.end ?? until, until), first: yearly, every: yearly)
    for (number, day) in days(of: duty).enumerated() {
      tables.questionnaires[.sdqId] = id(.questionnaire, number + 1)
      tables.questionnaires[.personId] = person
      tables.questionnaires[.completedOn] = .date(day)
      tables.questionnaires[.score] = .number(random.below(36))
      tables.questionnaires.write()
    }
  }
}
