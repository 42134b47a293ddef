import Testing

@testable import Extracts

/// An export that is split into parts may count the records of all of them in one footer.
@Suite("Footers that count the records of several files")
struct SharedFooterTests {
  /// Reads the parts of a table under their headings.
  private func reading(of parts: [String]) throws -> Reading {
    var definition = visits
    definition.dialect.footer = ["*rows affected*", "Total*"]
    let folder = try Folder()
    let files = try parts.enumerated().map { number, rows in
      try folder.write(
        ("visit_id,person_id,seen_on,note\n" + rows).utf8, to: "visits_\(number + 1).csv")
    }
    return withExtendedLifetime(folder) { read(files, as: definition) }
  }

  private static let one = "V1,P1,,x\n"
  private static let two = "V2,P2,,x\nV3,P3,,x\n"

  @Test(
    "tell of no cut where that many were read, of all parts or of those up to their own",
    arguments: [
      (["\(one)", "\(two)(3 rows affected)\n"], 0),
      (["\(one)(3 rows affected)\n", "\(two)"], 0),
      (["\(one)(1 rows affected)\n", "\(two)(3 rows affected)\n", "V4,P4,,x\n"], 0),
      (["\(one)", "V3,P3,,x\n(3 rows affected)\n"], 1),
      (["\(one)(2 rows affected)\n", "\(two)"], 1),
      // A cut file that was given twice has not the records of two.
      (["\(one)(2 rows affected)\n", "\(one)(2 rows affected)\n"], 2),
    ])
  func counts(_ parts: [String], _ faults: Int) throws {
    #expect(try reading(of: parts).faults == Array(repeating: "truncated", count: faults))
  }

  @Test(
    "may be bare totals",
    arguments: [
      (["\(one)", "\(two)Total: 3\n"], nil, true), (["\(one)", "\(two)Total: 4\n"], 4, false),
      (["\(one)", "\(two)Total: 2\n"], nil, true), (["\(one)", "\(two)Total: 1\n"], nil, false),
      (["\(one)", "\(two)"], nil, nil),
    ] as [([String], Int?, Bool?)])
  func totals(_ parts: [String], _ stated: Int?, _ isOfRecords: Bool?) throws {
    let last = try #require(try reading(of: parts).table.files.last)
    #expect(last.statedTotal == stated)
    #expect(last.isTotalOfRecords == isOfRecords)
  }
}
