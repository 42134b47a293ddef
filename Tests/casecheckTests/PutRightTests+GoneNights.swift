/// Nights in which records, keys or a team have gone.
extension PutRightTests {
  private static let west = (9...30).map { "P\($0),West,W0" }

  /// Plans of six of West's children that have not ended.
  private static func openPlans(from first: Int) -> [String] {
    (0..<6).map { "M\(first + $0),P\(first + $0),0\($0 / 2 + 1)/02/2016,,,y" }
  }
  /// One plan of East's that is overdue, beside those that nothing is wrong with.
  private static let oneOverdue: [String] = Array(east.prefix(1)) + done
  /// A row in which child and plan have other numbers.
  private static func renumbered(_ row: String) -> String {
    row.replacing("L", with: "N").replacing("P", with: "P4")
  }
  private static func child(of plan: String) -> String {
    "\(plan.split(separator: ",")[1]),West,W0"
  }

  /// What has gone has not been put right.
  static let goneNights: [Nights] = [
    Nights(
      what: "a team that has gone after a night without its table", rules: ended,
      rows: [["plans": east + done], [:], ["plans": done]],
      says: "East: no record of this team in plans is judged any more"),
    Nights(
      what: "keys written anew after a night without their table", rules: ended,
      rows: [
        ["plans": east + done], [:],
        ["plans": east.map { $0.replacing("L", with: "N") } + done],
      ], says: "plans: no record that had an open exception (2)"),
    Nights(
      what: "a team that has gone with a loss that was accepted", rules: ended,
      rows: [["plans": east + done], ["plans": done]],
      says: "East: no record of this team in plans is judged any more",
      options: ["--accept-shrink", "plans"]),
    Nights(
      what: "a team that has gone with more than a table may lose, which was accepted",
      rules: ended, rows: [["plans": east + done], ["plans": Array(done.prefix(9))]],
      says: "East: no record of this team in plans is judged any more, and the 2 exceptions",
      options: ["--accept-shrink", "plans"]),
    Nights(
      what: "keys that have lost their zeros, accepted as they are", rules: ended,
      rows: [
        ["plans": ["01,P1,01/01/2016,,,y", "02,P2,01/01/2016,,,y"] + done],
        ["plans": ["1,P1,01/01/2016,,,y", "2,P2,01/01/2016,,,y"] + done],
      ], says: "2 no longer looked at", options: ["--accept-shrink", "plans"]),
    Nights(
      what: "a team whose children and records get other numbers", rules: ended,
      rows: [
        ["people": people + west, "plans": east + done + openPlans(from: 9)],
        [
          "people": people + openPlans(from: 49).map(child),
          "plans": east + done + openPlans(from: 49),
        ],
      ], says: "West: 6 exceptions of records of plans that are gone with their children are"),
    Nights(
      what: "all children and records with other numbers, of which one of each table was listed",
      rules: ended
        + "\n---\nrules: [{rule: s, for: people, check: \"!(person_id in ['P2', 'P42'])\"}]",
      rows: [
        ["plans": oneOverdue],
        ["people": people.map(renumbered), "plans": oneOverdue.map(renumbered)],
      ], says: "people, plans: no child that had an open exception is in the extracts any more"),
    Nights(
      what: "all keys but one written anew", rules: ended,
      rows: [
        ["plans": east + ["L3,P3,01/01/2016,,,y"] + done],
        [
          "plans": ["L1,P1,01/01/2016,,,y", "N2,P2,01/01/2016,,,y", "N3,P3,01/01/2016,,,y"]
            + done
        ],
      ], says: "2 no longer looked at"),
    Nights(
      what: "a key that is another child's now", rules: ended,
      rows: [
        ["plans": ["L1,P1,01/01/2016,,,y"] + done],
        ["plans": ["L1,P3,01/02/2016,05/02/2016,,y"] + done],
      ], says: "not judged: 1 exception of r"),
    Nights(
      what: "a team without an exception that has gone", rules: ended,
      rows: [
        ["people": people + west, "plans": done],
        ["people": people.suffix(4) + west, "plans": done],
      ], says: "East: nothing of this team is judged any more"),
  ]
}
