import Foundation
import TestSupport
import Testing

/// The figures that the councils' documents print come out of their samples.
@Suite("Sample figures")
struct SampleFigureTests {
  struct Council: Sendable, CustomTestStringConvertible {
    var folder: String
    var asOf: String
    var packs: [String]
    var testDescription: String { folder }
  }

  static let councils = [
    Council(
      folder: "torbay", asOf: "2016-02-12", packs: ["statutory", "data-quality", "torbay"]),
    Council(folder: "telford-wrekin", asOf: "2017-12-31", packs: ["telford-wrekin"]),
    Council(folder: "telford-wrekin", asOf: "2017-12-31", packs: ["statutory", "telford-wrekin"]),
    Council(folder: "somerset", asOf: "2019-03-31", packs: ["somerset"]),
    Council(folder: "somerset", asOf: "2019-03-31", packs: []),
  ]

  @Test("come out as printed", arguments: councils)
  func figures(_ council: Council) throws {
    let scratch = try ScratchFolder()
    let packs = council.packs.flatMap { ["--pack", $0] }
    let outcome = try BuiltProgram().run(
      [
        "validate", "Samples/\(council.folder)", "--rules", "Rules", "--as-of", council.asOf,
        "--out", scratch.path("OUT"),
      ] + packs, in: projectFolder)
    #expect(outcome.status == 0 || outcome.status == 1, "\(outcome.output + outcome.errors)")

    func rows(_ path: String) throws -> [[String: String]] {
      csvRows(
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
          .replacing("\r\n", with: "\n"))
    }
    let measures = try rows(scratch.path("OUT/measures.csv"))
    let figures = try rows(
      projectFolder.appendingPathComponent("Samples/\(council.folder)/figures.csv").path)
    #expect(figures.count >= 20)
    for figure in figures {
      let measure = measures.first {
        $0["rule"] == figure["rule"] && $0["team"] == figure["team"]
      }
      let found = try #require(measure, "\(figure)")
      #expect(found[figure["column"] ?? ""] == figure["value"], "\(figure)")
    }
  }
}
