// Where a looked-after child lives, and the visits there.
extension ChildWriter {
  private static let types = ["U6", "U6", "U6", "U4", "U4", "U1", "U3", "K2"]

  /// Writes one placement after another, without a gap.
  mutating func writePlacements(_ spell: CareSpell) {
    let last = spell.lastDay(asOf)
    var start = spell.start
    var number = 0
    var isOpen = true
    while isOpen {
      number += 1
      let move = start + random.between(60, 900)
      let isLast = move + 30 > last || number == 5
      let end = isLast ? spell.end : move
      writePlacement(number, spell, from: start, until: end)
      isOpen = !isLast
      start = move
    }
  }

  private mutating func writePlacement(
    _ number: Int, _ spell: CareSpell, from start: Int, until end: Int?
  ) {
    let placement = id(.placement, number)
    let type = random.pick(Self.types)
    let isPermanent = type == "U4" || type == "U1"
    tables.placements[.placementId] = placement
    tables.placements[.periodId] = spell.period
    tables.placements[.personId] = person
    tables.placements[.startedOn] = .date(start)
    tables.placements[.endedOn] = .date(end)
    tables.placements[.placementType] = .text(type)
    tables.placements[.provider] = .text(random.pick(["PR1", "PR1", "PR4", "PR5"]))
    tables.placements[.urn] = .text("SC\(100_000 + random.below(800_000))")
    tables.placements[.distance] = .tenths(random.below(300))
    if type != "K2" {
      // At most three children get the same carer, which is the usual fostering limit.
      tables.placements[.carerId] = .id(.carer, (child / 3 + 1) * 10 + number)
    }
    tables.placements[.permanent] = .flag(isPermanent)
    tables.placements[.emergency] = .no
    tables.placements[.outOfArea] = .flag(random.happens(20))
    tables.placements[.planOn] = .date(clock.working(random.between(1, 5), after: start))
    tables.placements[.notifiedOn] = .date(start - random.below(4))
    if let end {
      tables.placements[.endNotifiedOn] = .date(min(end + random.below(8), asOf))
      tables.placements[.changeReason] = .text(random.pick(["CARPL", "CREQB", "CHILD", "OTHER"]))
    }
    tables.placements.write()
    writeCareVisits(placement, from: start, until: end, isPermanent: isPermanent)
  }

  /// Writes the visits to a placement: one within a week, then every six weeks.
  ///
  /// After a year a placement that is meant to last is visited every three months.
  private mutating func writeCareVisits(
    _ placement: Cell, from start: Int, until end: Int?, isPermanent: Bool
  ) {
    let anniversary = clock.years(1, after: start)
    let isFirstYear = anniversary > asOf
    var first = neglect(
      late: .careVisitLate, overdue: isFirstYear && end == nil ? .careVisitOverdue : nil, by: 2...14
    )
    first?.before = anniversary
    let firstYear = Duty(
      from: start, until: min(end ?? .max, anniversary), first: .days(7), every: .days(42))
    var last = start
    for day in days(of: firstYear, &first) {
      writeVisit("CLA", on: day)
      last = day
    }
    if first?.happened == true {
      plant("cla-visits-first-year", "placements", placement, "a visit late or not made")
    }
    guard !isFirstYear, anniversary < end ?? .max else { return }
    let every = isPermanent ? Pace.months(3) : .days(42)
    var later = neglect(
      late: .careVisitLate, overdue: end == nil ? .careVisitOverdue : nil, by: 2...14)
    // No visit due around the anniversary is missed: one rule takes over from another there.
    if let dueFrom = later?.dueFrom { later?.dueFrom = max(dueFrom, anniversary + 100) }
    for day in days(of: Duty(from: last, until: end, first: every, every: every), &later) {
      writeVisit("CLA", on: day)
    }
    if later?.happened == true {
      plant("cla-visits-later-years", "placements", placement, "a visit late or not made")
    }
  }
}
