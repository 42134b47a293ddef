import Testing

@testable import Delivery

/// Mails that could not be handed over, told by team.
@Suite("Failed mails")
struct FailedMailsTests {
  @Test("are told once for each team, with the day of the oldest and each reason once")
  func byTeam() {
    let failed = [
      ("2016-02-02-west_0a1b2c3d.2.eml", "not tried"), ("2016-02-01-west_0a1b2c3d.eml", "67"),
      ("2016-02-01-east-1_0a1b2c3d.eml", "75"), ("2016-02-03-west_0a1b2c3d.eml", "67"),
      ("2016-01-31-north.eml", "75"),
    ].map { (name: $0.0, why: $0.1) }
    let told = FailedMails.byTeam(failed)
    #expect(told.map(\.team) == ["north", "east-1", "west"])
    #expect(told.map(\.oldest) == ["2016-01-31", "2016-02-01", "2016-02-01"])
    #expect(told.map(\.files.count) == [1, 1, 3])
    #expect(told.map(\.reasons) == [["75"], ["75"], ["67", "not tried"]])
    #expect(FailedMails.byTeam([]).isEmpty)
  }
}
