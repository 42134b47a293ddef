import Foundation
import Rulebooks
import Testing

/// The schema that editors check rule files by.
@Suite("The schema of rule files")
struct RuleFileSchemaTests {
  /// What is under these keys, from the shape of a table's document on.
  private func value(_ keys: String...) throws -> Int? {
    let whole = try JSONSerialization.jsonObject(with: Data(RuleFileSchema().text.utf8))
    let document = try #require(whole as? [String: Any])
    let shapes = try #require(document["anyOf"] as? [[String: Any]])
    var node: Any? = shapes.first
    for key in ["properties"] + keys { node = (node as? [String: Any])?[key] }
    return node as? Int
  }

  @Test("what the loader refuses as empty is not to be empty")
  func filled() throws {
    #expect(try value("files", "minItems") == 1)
    #expect(try value("primaryKey", "minItems") == 1)
    #expect(try value("missingValues", "minItems") == nil)
    for key in ["target", "active", "deadline"] {
      #expect(try value("rules", "items", "properties", key, "minProperties") == 1, "\(key)")
    }
  }
}
