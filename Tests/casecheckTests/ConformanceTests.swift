import Foundation
import TestSupport
import Testing

/// The contract, checked by black-box cases that were written from it alone.
@Suite("Conformance")
struct ConformanceTests {
  @Test("all areas are there")
  func areas() {
    let areas = Set(CaseFolder.all.map { $0.url.deletingLastPathComponent().lastPathComponent })
    #expect(areas == ["expressions", "reading", "rule-kinds"])
    #expect(CaseFolder.all.count >= 200)
  }

  @Test("case", arguments: CaseFolder.all)
  func conforms(_ folder: CaseFolder) throws {
    let data = try Data(contentsOf: folder.url.appendingPathComponent("case.json"))
    let keys = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(Set(keys.keys).subtracting(ConformanceCase.keys) == [])
    let wanted = try JSONDecoder().decode(ConformanceCase.self, from: data)
    let scratch = try ScratchFolder()
    let out = scratch.path("OUT")
    let outcome = try BuiltProgram().run(arguments(wanted, folder.url.path, out))
    let said = outcome.output + outcome.errors

    #expect(outcome.status == wanted.exit, "\(wanted.title): \(said)")
    if let exceptions = wanted.exceptions {
      let rows = csvRows(try text("exceptions.csv", in: out))
      #expect(rows.count == exceptions.count, "\(rows.map { $0["rule"] ?? "" })")
      for (row, expected) in zip(rows, exceptions) {
        for (column, value) in expected {
          #expect(
            row[column] == value,
            "\(column) of \(row["rule"] ?? "") \(row["record_id"] ?? "")")
        }
      }
      for column in wanted.exceptionColumnsEmpty ?? [] {
        #expect(rows.allSatisfy { $0[column] == "" }, "\(column)")
      }
    }
    try checkMeasures(wanted, out)
    for (file, contents) in wanted.files ?? [:] {
      if let contents {
        #expect(try text(file, in: out) == contents, "\(file)")
      } else {
        #expect(!FileManager.default.fileExists(atPath: out + "/" + file), "\(file)")
      }
    }
    try checkJSON(wanted.summary ?? [:], "summary.json", out)
    try checkJSON(wanted.run ?? [:], "run.json", out)
    for part in wanted.output ?? [] {
      #expect(said.lowercased().contains(part.lowercased()), "lacks \(part): \(said)")
    }
  }

  private func arguments(_ wanted: ConformanceCase, _ folder: String, _ out: String) -> [String] {
    func filled(_ text: String) -> String { text.replacingOccurrences(of: "{case}", with: folder) }
    if let command = wanted.command { return command.map(filled) }
    let start = [
      "validate", folder + "/extracts", "--rules", folder + "/rules", "--as-of",
      wanted.asOf ?? "", "--out", out,
    ]
    return start + (wanted.arguments ?? []).map(filled)
  }

  private func checkMeasures(_ wanted: ConformanceCase, _ out: String) throws {
    guard wanted.measures != nil || wanted.noMeasures != nil else { return }
    let rows = csvRows(try text("measures.csv", in: out))
    func row(_ rule: String?, _ team: String?) -> [String: String]? {
      rows.first { $0["rule"] == rule && $0["team"] == team }
    }
    for expected in wanted.measures ?? [] {
      let found = try #require(row(expected["rule"], expected["team"]), "\(expected)")
      for (column, value) in expected {
        #expect(found[column] == value, "\(column) of \(expected)")
      }
    }
    for pair in wanted.noMeasures ?? [] {
      #expect(row(pair.first, pair.last) == nil, "\(pair)")
    }
  }

  private func checkJSON(_ wanted: [String: JSONScalar], _ name: String, _ out: String) throws {
    guard !wanted.isEmpty else { return }
    let data = Data(try text(name, in: out).utf8)
    for (path, value) in wanted {
      let found = try JSONDecoder().decode(JSONTree.self, from: data).value(at: path)
      #expect(found == value, "\(path) of \(name)")
    }
  }

  private func text(_ name: String, in out: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: out + "/" + name)), as: UTF8.self)
  }
}

/// JSON of any shape, to look things up by a dotted path.
indirect enum JSONTree: Decodable {
  case object([String: JSONTree])
  case array([JSONTree])
  case scalar(JSONScalar)

  init(from decoder: any Decoder) throws {
    if let object = try? [String: JSONTree](from: decoder) {
      self = .object(object)
    } else if let array = try? [JSONTree](from: decoder) {
      self = .array(array)
    } else {
      self = .scalar(try JSONScalar(from: decoder))
    }
  }

  func value(at path: String) -> JSONScalar? {
    var here: JSONTree? = self
    for part in path.split(separator: ".") {
      switch here {
      case .object(let object): here = object[String(part)]
      case .array(let array):
        here = Int(part).flatMap { array.indices.contains($0) ? array[$0] : nil }
      default: return nil
      }
    }
    if case .scalar(let value) = here { return value }
    return nil
  }
}
