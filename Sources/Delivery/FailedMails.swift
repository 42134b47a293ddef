/// The mails of one team that could not be handed over, told together.
///
/// A receiver that is refused for good has one more of them each night.
public struct FailedMails: Hashable, Sendable {
  /// The team, as the names of its mails have it after the day.
  public let team: String
  /// The files, the oldest first.
  public private(set) var files: [String] = []
  /// The reasons, each once, in the order of the files.
  public private(set) var reasons: [String] = []

  /// The day of the oldest of them.
  public var oldest: String { String((files.first ?? "").prefix(Self.dayLength)) }

  /// The mails of an outbox's report, by team in the order of the oldest mail of each.
  ///
  /// The names begin with the day, as in `2016-02-01-west_0a1b2c3d.eml`.
  public static func byTeam(_ failed: [(name: String, why: String)]) -> [FailedMails] {
    var found: [FailedMails] = []
    var places: [String: Int] = [:]
    for (name, why) in failed.sorted(by: { $0.name < $1.name }) {
      let team = Self.team(of: name)
      let place = places[team] ?? found.count
      if place == found.count {
        places[team] = place
        found.append(FailedMails(team: team))
      }
      found[place].files.append(name)
      if !found[place].reasons.contains(why) { found[place].reasons.append(why) }
    }
    return found
  }

  /// The team of a mail, as its name has it between the day and the mark of the job.
  public static func team(of name: String) -> String {
    String(name.dropFirst(dayLength + 1).prefix { $0 != "_" && $0 != "." })
  }

  private init(team: String) { self.team = team }

  /// As many characters as a day has, written as 2016-02-01.
  private static let dayLength = 10
}
