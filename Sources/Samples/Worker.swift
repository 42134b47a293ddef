/// Somebody who works on cases.
struct Worker {
  /// The number in the staff table.
  var number: Int
  var name: String
  var team: String

  var id: Cell { .id(.staff, number) }

  /// A worker of a service.
  init(_ index: Int, of service: Service) {
    number = 10_000 + index * Service.allCases.count + service.rawValue
    name = PeoplesNames.worker(number)
    team = service.teams[index % service.teams.count]
  }

  /// A reviewing officer.
  init(reviewingOfficer index: Int) {
    number = 2_000_000_000 + index
    name = PeoplesNames.worker(number)
    team = Worker.reviewingTeam
  }

  /// A worker who left before the first case of the sample began.
  init(leaver index: Int) {
    number = 1_000 + index
    name = PeoplesNames.worker(number)
    team = Service.family.teams[index % Service.family.teams.count]
  }

  static let reviewingTeam = "Independent Reviewing Service"
  static let leavers = 5
}
