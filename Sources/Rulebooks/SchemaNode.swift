/// A node of a JSON Schema (draft-07, which YAML editors support).
indirect enum SchemaNode: Encodable, Sendable {
  case document(title: String, anyOf: [SchemaNode])
  /// An object with these keys and no others; keys without a shape of their own hold one value.
  case object(keys: [String], [String: SchemaNode], required: [String])
  /// An object with some of these keys, and at least one.
  case filledObject(keys: [String], [String: SchemaNode])
  case map(SchemaNode, String)
  /// A map that has something in it.
  case filledMap(SchemaNode, String)
  case list(SchemaNode, String)
  case oneOrMore(String)
  /// A value or a list of values that has something in it.
  case filledTexts(String)
  case choice([String], String)
  case oneOrMoreOf([String], String)
  case scalar(String)
  case flag(String)
  case number
  case anything(String)

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  private static func properties(
    _ keys: [String], _ known: [String: SchemaNode]
  ) -> [String: SchemaNode] {
    Dictionary(
      keys.map { ($0, known[$0] ?? .scalar("")) }, uniquingKeysWith: { first, _ in first })
  }

  private static let single = ["string", "number", "boolean", "null"]

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    func put(_ name: String, _ value: some Encodable) throws {
      try object.encode(value, forKey: Key(name))
    }
    switch self {
    case .document(let title, let anyOf):
      try put("$schema", "http://json-schema.org/draft-07/schema#")
      try put("title", title)
      try put("anyOf", anyOf)
    case .object(let keys, let known, let required):
      try put("type", "object")
      try put("properties", Self.properties(keys, known))
      try put("additionalProperties", false)
      if !required.isEmpty { try put("required", required) }
    case .filledObject(let keys, let known):
      try put("type", "object")
      try put("properties", Self.properties(keys, known))
      try put("additionalProperties", false)
      try put("minProperties", 1)
    case .map(let value, let description):
      try put("type", "object")
      try put("additionalProperties", value)
      try put("description", description)
    case .filledMap(let value, let description):
      try put("type", "object")
      try put("additionalProperties", value)
      try put("description", description)
      try put("minProperties", 1)
    case .list(let element, let description):
      try put("type", "array")
      try put("items", element)
      try put("description", description)
    case .oneOrMore(let description):
      try put("type", Self.single + ["array"])
      try put("items", SchemaNode.scalar(""))
      try put("description", description)
    case .filledTexts(let description):
      try put("type", Self.single + ["array"])
      try put("items", SchemaNode.scalar(""))
      try put("minItems", 1)
      try put("description", description)
    case .choice(let choices, let description):
      try put("enum", choices)
      try put("description", description)
    case .oneOrMoreOf(let choices, let description):
      let choice = SchemaNode.choice(choices, description)
      try put("anyOf", [choice, .list(choice, "One for each of several.")])
    case .scalar(let description):
      try put("type", Self.single)
      if !description.isEmpty { try put("description", description) }
    case .flag(let description):
      try put("type", "boolean")
      try put("description", description)
    case .number:
      try put("type", "integer")
      try put("minimum", 0)
    case .anything(let description):
      try put("description", description)
    }
  }
}
