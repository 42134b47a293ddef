import Foundation
import Testing

/// One case of `Tests/Conformance`: what is run and what must come out; the README there says more.
struct ConformanceCase: Decodable, Sendable {
  var title: String
  var asOf: String?
  var arguments: [String]?
  var command: [String]?
  var exit: Int32
  var exceptions: [[String: String]]?
  var exceptionColumnsEmpty: [String]?
  var measures: [[String: String]]?
  var noMeasures: [[String]]?
  var files: [String: String?]?
  var summary: [String: JSONScalar]?
  var run: [String: JSONScalar]?
  var output: [String]?

  /// What a case may say; a misspelt key would be passed over, and nothing of it looked at.
  static let keys: Set<String> = [
    "title", "contract", "asOf", "arguments", "command", "exit", "exceptions",
    "exceptionColumnsEmpty", "measures", "noMeasures", "files", "summary", "run", "output",
  ]
}

/// A value in `summary.json` or `run.json`.
enum JSONScalar: Decodable, Equatable, Sendable {
  case text(String)
  case number(Double)
  case flag(Bool)
  case null

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }
}

/// The folder of a case, shown by its name in the results.
struct CaseFolder: CustomTestStringConvertible, Sendable {
  var url: URL
  var testDescription: String {
    url.deletingLastPathComponent().lastPathComponent + "/" + url.lastPathComponent
  }

  static let all: [CaseFolder] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Conformance")
    let areas = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return areas.sorted().flatMap { area -> [CaseFolder] in
      let folder = root.appendingPathComponent(area)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      return names.sorted().map { CaseFolder(url: folder.appendingPathComponent($0)) }
        .filter {
          FileManager.default.fileExists(atPath: $0.url.appendingPathComponent("case.json").path)
        }
    }
  }()
}
