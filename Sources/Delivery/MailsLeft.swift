/// The teams whose mails the last day of mail has left to the runs after it.
///
/// Each is known by the name of its mails without the day, and keeps the day of the run that has
/// made up for it: where that run is made again, so is its mail.
public struct MailsLeft: Equatable, Sendable {
  /// Stands for all teams, whose mails came from extracts that could not be trusted.
  public static let everyTeam = "*"

  /// By team, the day of the run that has made up for it; empty where none has.
  private var days: [String: String] = [:]

  /// These teams, for none of which a run has made up yet.
  public init(_ teams: [String]) {
    for team in teams { days[team] = "" }
  }

  /// What was kept as `text`.
  init(text: String) {
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ").map(String.init)
      if let team = parts.first { days[team] = parts.count > 1 ? parts[1] : "" }
    }
  }

  /// A line for each team, sorted, with the day after a blank.
  var text: String {
    days.sorted { $0.key < $1.key }
      .map { $0.value.isEmpty ? "\($0.key)\n" : "\($0.key) \($0.value)\n" }.joined()
  }

  /// Whether there is no such team.
  public var isEmpty: Bool { days.isEmpty }

  /// Whether no run has made up for a team yet.
  public func isOpen(_ team: String) -> Bool { days[team] == "" }

  /// Whether the run of a day has made up for a team.
  public func isMade(_ team: String, on day: String) -> Bool { days[team] == day }

  /// Notes that the run of a day has made up for a team.
  public mutating func make(_ team: String, on day: String) { days[team] = day }
}
