/// Writes the teams and everybody who works in them.
struct Workforce {
  let setting: SampleSetting

  /// Writes all teams and staff.
  func write(to tables: inout SampleTables) {
    var number = 0
    for service in Service.allCases {
      for team in service.teams {
        writeTeam(team, service: service.title, number: number, to: &tables)
        number += 1
      }
    }
    writeTeam(Worker.reviewingTeam, service: "Quality Assurance", number: number, to: &tables)

    for index in 0..<Worker.leavers {
      let leaver = Worker(leaver: index)
      tables.staff[.leftOn] = .date(setting.earliest - 100)
      write(leaver, "SW", "Social Worker", startedOn: setting.earliest - 900, to: &tables)
    }
    for service in Service.allCases {
      for index in 0..<setting.population.workers(in: service) {
        let role = service == .leaving ? "PA" : index % 6 == 0 ? "SSW" : "SW"
        let title = service == .leaving ? "Personal Adviser" : "Social Worker"
        write(Worker(index, of: service), role, title, to: &tables)
      }
    }
    for index in 0..<setting.population.reviewingOfficers {
      write(
        Worker(reviewingOfficer: index), "IRO", "Independent Reviewing Officer", to: &tables)
    }
  }

  private func writeTeam(
    _ team: String, service: String, number: Int, to tables: inout SampleTables
  ) {
    let manager = PeoplesNames.worker(number)
    tables.teams[.team] = .text(team)
    tables.teams[.service] = .text(service)
    tables.teams[.manager] = .text(manager)
    tables.teams[.email] = .text("team\(number)@example.gov.uk")
    tables.teams.write()
    tables.staff[.staffId] = .id(.staff, 5_000 + number)
    tables.staff[.name] = .text(manager)
    tables.staff[.jobTitle] = .text("Team Manager")
    tables.staff[.role] = .text("TM")
    tables.staff[.contract] = .text("PERM")
    tables.staff[.team] = .text(team)
    tables.staff[.fte] = .number(1)
    tables.staff[.startedOn] = .date(setting.earliest - 500)
    tables.staff.write()
  }

  private func write(
    _ worker: Worker, _ role: String, _ title: String, startedOn: Int? = nil,
    to tables: inout SampleTables
  ) {
    var random = SplitMix64(seed: setting.seed ^ 0x7374_6166_66, stream: worker.number)
    tables.staff[.staffId] = worker.id
    tables.staff[.name] = .text(worker.name)
    tables.staff[.registration] = .text("SW\(worker.number)")
    tables.staff[.jobTitle] = .text(title)
    tables.staff[.role] = .text(role)
    tables.staff[.contract] = .text(random.happens(85) ? "PERM" : "AGENCY")
    tables.staff[.team] = .text(worker.team)
    tables.staff[.fte] = random.happens(80) ? .number(1) : .tenths(8)
    let started = startedOn ?? setting.earliest - random.below(3000)
    tables.staff[.startedOn] = .date(started)
    tables.staff.write()
    tables.training[.trainingId] = .id(.training, worker.number)
    tables.training[.staffId] = worker.id
    tables.training[.course] = .text(random.pick(["INDUCT", "CPD", "SOS", "RECORD"]))
    tables.training[.completedOn] = .date(started + random.between(10, 700))
    tables.training.write()
  }
}
