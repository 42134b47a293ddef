// Who came to a strategy discussion.
extension ChildWriter {
  private static let agencies = [
    "CSC", "HEALTH", "POLICE", "EDUCATION", "EARLYHELP", "HOUSING", "VOLUNTARY",
  ]

  /// Writes which agencies were asked to a discussion and came; returns how many came.
  mutating func writeAttendances(of discussion: Cell, held: Int) -> Int {
    let asked = random.between(3, 7)
    var came = asked
    for (number, agency) in Self.agencies.prefix(asked).enumerated() {
      // Social care, health and the police must attend; the others may send apologies.
      var attended = number < 3 || random.happens(80)
      // The rule looks back only a year.
      if agency == "POLICE", isMeant(.policeAbsent), held > asOf - 330 {
        attended = false
        let rule = "strategy-minimum-attendance"
        plant(
          rule, "strategy_discussions", discussion, field: "discussion_id", "without the police")
      }
      if !attended { came -= 1 }
      tables.attendances[.strategyId] = discussion
      tables.attendances[.agency] = .text(agency)
      tables.attendances[.attended] = .flag(attended)
      tables.attendances[.apologies] = .flag(!attended)
      tables.attendances.write()
    }
    if isMeant(.attendanceDisagrees) {
      came += 1
      let rule = "strategy-attendance-agrees"
      plant(rule, "strategy_discussions", discussion, field: "agencies", "one more than came")
    }
    return came
  }
}
