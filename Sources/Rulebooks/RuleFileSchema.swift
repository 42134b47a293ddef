import Exceptions
import Foundation
import Values

/// The JSON Schema of rule files, for editors that complete and check YAML.
///
/// It is built from the lists of keys that the loader itself accepts, so that the two cannot drift
/// apart. It cannot check expressions, which is left to `casecheck rules check`.
public struct RuleFileSchema {
  /// The schema.
  public init() {}

  /// The schema as JSON, its keys sorted, with a line end.
  public var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(document) else { return "{}\n" }
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  private var document: SchemaNode {
    let shared: [String: SchemaNode] = [
      "parameters": .map(SchemaShapes.scalar, "Values that a council or a year sets."),
      "rules": .list(rule, "Rules."),
      "tests": .list(test, "The tests of the rules."),
    ]
    func kind(_ keys: [String], _ known: [String: SchemaNode], _ required: [String]) -> SchemaNode {
      .object(
        keys: keys + shared.keys.sorted(), known.merging(shared) { own, _ in own },
        required: required)
    }
    return .document(
      title: "casecheck rule file",
      anyOf: [
        kind(TableLoader.keys, tableKeys, ["table", "files", "fields"]),
        kind(CodeListLoader.keys, codeKeys, ["codes"]),
        kind(CalendarLoader.keys, calendarKeys, ["calendar"]),
        kind(["pack", "title", "over", "description", "source"], packKeys, ["pack"]),
        kind(Declarations.generalKeys, generalKeys, []),
      ])
  }

  private var tableKeys: [String: SchemaNode] {
    [
      "required": SchemaShapes.flag(
        "No file, or none with a row, is then an untrusted input; beside mayBeEmpty, only no file."),
      "mayBeEmpty": SchemaShapes.flag("A header without rows passes."),
      "files": .filledTexts("Globs on the file name, any case."),
      "multiline": SchemaShapes.texts("The fields whose cells may span lines."),
      "missingValues": SchemaShapes.texts("The texts that stand for no value."),
      "primaryKey": .filledTexts("The field or fields of the key."),
      "dialect": .object(
        keys: DialectLoader.keys, ["footer": SchemaShapes.texts("Globs on the last records.")],
        required: []),
      "owner": owner,
      "fields": .list(field, "The columns."),
      "foreignKeys": .list(
        .object(
          keys: ForeignKeyLoader.keys,
          [
            "fields": SchemaShapes.texts("The referring fields."),
            "reference": .object(
              keys: ["table", "fields"], ["fields": SchemaShapes.texts("The fields referred to.")],
              required: ["table"]),
          ], required: ["fields", "reference"]), "References to other tables."),
      "derived": .list(
        .object(keys: DerivedColumnLoader.keys, [:], required: ["name", "value"]),
        "Columns worked out once per row."),
    ]
  }

  private var field: SchemaNode {
    .object(
      keys: FieldLoader.keys,
      [
        "headings": SchemaShapes.texts("The headings under which exports carry it."),
        "type": .choice(FieldType.allCases.map(\.rawValue), "What its cells hold."),
        "format": .filledTexts("Formats such as %d/%m/%Y, tried in order."),
        "trueValues": .filledTexts("The words for true."),
        "falseValues": .filledTexts("The words for false."),
        "mayBeAhead": .scalar(
          "For which rows a day after the as-of date is no slip, beside maximum: asOf."),
        "shown": SchemaShapes.flag("Lists may quote its cells, although it is called like a name."),
        "constraints": .object(
          keys: FieldLoader.constraintKeys,
          [
            "required": SchemaShapes.flag("A cell must hold something."),
            "unique": SchemaShapes.flag("No value twice."),
            "enum": .filledTexts("The only texts allowed."),
            "minLength": .number, "maxLength": .number,
          ], required: []),
      ], required: ["name"])
  }

  private var generalKeys: [String: SchemaNode] {
    let types = DefaultFormats.types.map(\.rawValue)
    let texts = types.map { ($0, SchemaNode.filledTexts("Formats, tried in order.")) }
    return [
      "formats": .object(
        keys: types, Dictionary(uniqueKeysWithValues: texts), required: [])
    ]
  }

  private var codeKeys: [String: SchemaNode] { ["values": .anything("Codes and what they mean.")] }

  private var packKeys: [String: SchemaNode] {
    ["over": SchemaShapes.texts("The packs whose rules this one may override.")]
  }

  private var calendarKeys: [String: SchemaNode] {
    [
      "weekend": SchemaShapes.texts("The days of the week without work."),
      "covers": .object(keys: ["from", "to"], [:], required: ["from", "to"]),
      "holidays": .anything("Dates, or dates with names."),
    ]
  }

  private var owner: SchemaNode { .object(keys: ["team", "worker"], [:], required: []) }

  private var rule: SchemaNode {
    .object(
      keys: RuleLoader.keys,
      [
        "list": .choice(RuleReport.List.allCases.map(\.rawValue), "Where its exceptions go."),
        "severity": .choice(
          CaseException.Severity.allCases.map(\.rawValue), "How much they matter."),
        "owner": owner,
        "tags": SchemaShapes.texts("Free words to group rules by."),
        "deadline": .filledObject(keys: RuleKindLoader.deadlineKeys, [:]),
        "repeat": .object(
          keys: RuleKindLoader.repeatKeys, [:], required: ["from", "events", "every"]),
        "limit": .object(keys: RuleKindLoader.limitKeys, [:], required: ["value"]),
        "active": .filledObject(keys: RuleLoader.activeKeys, [:]),
        "target": .filledObject(
          keys: TargetLoader.keys,
          [
            "of": .choice(Target.Share.allCases.map(\.rawValue), "Of what the share is taken."),
            "steps": .filledMap(SchemaShapes.scalar, "Figures that hold from a day on."),
          ]),
      ], required: ["rule", "for"])
  }

  private var test: SchemaNode {
    let rows = SchemaNode.map(.anything("Rows of the table."), "Rows by table.")
    return .object(
      keys: TestLoader.keys,
      [
        "given": rows, "earlier": rows, "set": .map(SchemaShapes.scalar, "Parameters."),
        "expect": .map(
          .map(
            .oneOrMoreOf(ExpectedVerdict.allCases.map(\.rawValue), "The verdict."),
            "Verdicts by record."),
          "What has to come out, by rule."),
      ], required: ["test", "asOf", "expect"])
  }
}

/// Shapes that many keys share.
enum SchemaShapes {
  static let scalar = SchemaNode.scalar("")

  static func texts(_ description: String) -> SchemaNode { .oneOrMore(description) }

  static func flag(_ description: String) -> SchemaNode { .flag(description) }
}
