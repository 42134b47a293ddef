import Extracts
import Foundation
import Rulebooks
import Testing

@testable import Samples

@Suite("What a sample knows of the tables")
struct KnownFieldTests {
  private static let rulebook: Rulebook = {
    // Tests/SamplesTests/KnownFieldTests.swift is two folders below the package's root.
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let rules = package.appending(path: "Rules").path()
    return Rulebook.load(
      RuleSelection(folders: [rules], packs: ["statutory", "data-quality"])
    ).0
  }()

  @Test("every column that it fills is one of our tables'")
  func fields() throws {
    #expect(SampleTables.knownFields.map(\.table) == SampleTables.names)
    for (table, fields) in SampleTables.knownFields {
      let definition = try #require(
        Self.rulebook.tables.first { $0.definition.name == table }, "no table \(table)"
      ).definition
      for field in fields {
        #expect(definition.fieldNumber(field) != nil, "no field \(table).\(field)")
      }
    }
  }

  @Test("every kind of fault can happen to somebody")
  func faults() {
    for fault in Fault.allCases {
      #expect(!fault.courses.isEmpty, "\(fault)")
    }
    for course in Course.allCases {
      #expect(!course.faults.isEmpty, "\(course)")
    }
  }

  @Test("a file is named so that its table takes it, and a heading so that its field does")
  func files() throws {
    let tables = Self.rulebook.tables.map(\.definition)
    let visits = try #require(tables.first { $0.name == "visits" })
    #expect(visits.sampleFileName == "visits.csv")
    let headings = String(decoding: visits.sampleHeadings, as: UTF8.self)
    #expect(headings.hasPrefix("Visit ID,Person ID,Visit Type,Visit Date,"))
    #expect(headings.hasSuffix(",Notes\n"))
    var awkward = visits
    awkward.files = ["*"]
    awkward.fields[0].headings = ["Visit, \"own\" ID"]
    #expect(awkward.sampleFileName == "visits.csv")
    let quoted = String(decoding: awkward.sampleHeadings, as: UTF8.self)
    #expect(quoted.hasPrefix("\"Visit, \"\"own\"\" ID\",Person ID,"))
  }
}
