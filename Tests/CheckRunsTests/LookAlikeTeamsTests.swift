import Exceptions
import Testing

@testable import CheckRuns

/// Which teams may be one under several names.
@Suite("Teams that look alike")
struct LookAlikeTeamsTests {
  private func told(_ names: [String]) -> [String] {
    lookAlikes(among: names.map(TeamName.named) + [TeamName.none])
  }

  @Test(
    "may be one",
    arguments: [
      (["O'Brien", "O\u{2019}Brien", "O\u{2BC}Brien"], ""), (["Tîm Teulu", "Tim Teulu"], ""),
      (["East", "EA ST"], ""), (["7", "007"], ""), (["Team 01 West", "Team 1 West"], ""),
      // It is shown where it stands.
      (["East", "Ea\u{200B}st"], ""),
      (["T\u{EA}te", "Te\u{302}te"], " (spelt with other characters)"),
      (["East", "Ea\u{200D}st"], " (spelt with other characters)"),
    ] as [([String], String)])
  func alike(_ names: [String], _ hint: String) {
    let remarks = told(names)
    #expect(remarks.count == 1)
    #expect(remarks.first?.contains("\"\(hint) may be one: each has lists") == true, "\(remarks)")
  }

  @Test(
    "are two",
    arguments: [
      ["Team 1", "Team 10"], ["Team 1", "Team 100"], ["Zone 1.05", "Zone 1.5"], ["East", "West"],
      // Two words of Hindi that differ by a vowel sign.
      ["\u{915}\u{941}", "\u{915}\u{942}"],
    ])
  func other(_ names: [String]) {
    #expect(told(names) == [])
  }
}
