import Diagnostics
import Values

@testable import Extracts
@testable import Rulebooks

/// Takes any bytes as an extract.
///
/// Nothing is lost, the result is the same in whatever pieces they are read, and the cells' texts
/// are kept. The first byte says as which table they are read (`ReadingOptions`); the rest is the
/// file.
enum ReadingTarget: FuzzTarget {
  static let name = "reading"

  static func run(_ input: [UInt8]) throws -> Bool {
    guard let first = input.first else { return false }
    let options = ReadingOptions(rawValue: first)
    let bytes = Array(input.dropFirst())
    let definition = options.definition
    let file = try ScratchFile()
    try file.write(bytes)
    // Reading byte by byte costs a system call for each, so long inputs are read in larger pieces.
    let outcomes = [4096, 7, bytes.count <= 400 ? 1 : 61].map { size in
      ReadingOutcome(file.extract, definition, options.settings(chunkSize: size))
    }
    for outcome in outcomes {
      try outcome.checkAccounts()
      if let difference = outcome.difference(from: outcomes[0]) {
        throw BrokenPromise(description: "another result for another chunk size: \(difference)")
      }
    }
    try checkTexts(outcomes[0], file.extract, options.settings(chunkSize: 4096))
    try checkAgainstLibcsv(
      bytes, delimiter: outcomes[0].report.delimiter ?? .comma,
      quote: definition.dialect.quoteChar)
    if options.contains(.drafted) { try checkDraft(file.extract, definition) }
    return outcomes[0].table.rowCount > 0
  }

  /// A definition drafted from a file loads as it stands.
  private static func checkDraft(_ file: ExtractFile, _ definition: TableDefinition) throws {
    let look = look(at: file, definitions: [definition])
    let draft = draftDefinitions(from: [look])[0]
    var loader = RulebookLoader(selection: RuleSelection(folders: []))
    let loaded = loader.load([RuleFile(path: "draft.yaml", folder: 0, pack: "", text: draft)])
    let mistakes = loaded.diagnostics.filter { $0.severity == .error }
    // For a file without headings the draft is a comment alone, which the loader calls a mistake.
    let isComment = draft.split(separator: "\n").allSatisfy { $0.hasPrefix("#") }
    try promise(
      isComment || mistakes.isEmpty, "the draft does not load: \(mistakes)\n\(draft)")
  }
}
