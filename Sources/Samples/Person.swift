// The child's own record.
extension ChildWriter {
  private static let ethnicities = [
    "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WOTH", "MWBC", "MWAS", "APKN", "AIND", "BAFR", "OOTH",
  ]

  /// Writes the child's own record.
  mutating func writePerson() {
    let (forename, surname) = PeoplesNames.child(child, seed: setting.seed)
    let isBorn = course != .unborn
    tables.people[.personId] = person
    tables.people[.forename] = .text(isBorn ? forename : "Unborn \(forename)")
    tables.people[.surname] = .text(surname)
    tables.people[isBorn ? .dateOfBirth : .expectedDateOfBirth] = .date(born)
    tables.people[.sex] = .text(isBorn ? random.pick(["F", "M"]) : "U")
    tables.people[.ethnicity] = .text(random.pick(Self.ethnicities))
    tables.people[.disabled] = .text(random.happens(9) ? "Y" : "N")
    if isBorn {
      tables.people[.nhsNumber] = .text(Self.nhsNumber(child))
      tables.people[.upn] = .text(Self.pupilNumber(child))
      tables.people[.unaccompanied] = .flag(course == .lookedAfter && random.happens(3))
    }
    tables.people[.postcode] = .text("ZZ\(1 + child % 9) \(child / 9 % 10)ZZ")
    tables.people[.team] = .text(worker.team)
    tables.people[.workerId] = worker.id
    tables.people[.worker] = .text(worker.name)
    spoilPerson()
    tables.people.write()
  }

  private mutating func spoilPerson() {
    switch fault {
    case .ethnicityUnknownCode:
      tables.people[.ethnicity] = .text("WHITE")
      plant("people.ethnicity.enum", "people", person, field: "ethnicity", "no code of the list")
    case .postcodeImpossible:
      tables.people[.postcode] = .text("not known")
      plant("people.postcode.pattern", "people", person, field: "postcode", "no postcode")
    case .upnOfAnotherChild:
      // Only a child with an odd number takes one, from the child before, so that the owner of the
      // number keeps it. An unborn child has none to take.
      guard child % 2 == 1, setting.population.place(of: child - 1).course != .unborn else { break }
      tables.people[.upn] = .text(Self.pupilNumber(child - 1))
      plant("people.upn.unique", "people", person, field: "upn", "the number of another child")
    case .personTeamUnknown:
      tables.people[.team] = .text("Team of the old system")
      plant("people.team.reference", "people", person, field: "team", "a team that is not listed")
    case .birthDateMissing:
      tables.people[.dateOfBirth] = .empty
      plant("birth-date-known", "people", person, field: "date_of_birth", "no date of birth")
    case .workerMissing:
      tables.people[.workerId] = .empty
      tables.people[.worker] = .empty
      plant("open-case-has-worker", "people", person, field: "worker_id", "open case, no worker")
    default: break
    }
  }

  private static func nhsNumber(_ child: Int) -> String {
    let digits = String(9_990_000_000 + child)
    return "\(digits.prefix(3)) \(digits.dropFirst(3).prefix(3)) \(digits.suffix(4))"
  }

  private static func pupilNumber(_ child: Int) -> String { "X\(10_000_000_000 + child)0" }
}
