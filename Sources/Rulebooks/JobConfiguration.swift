public import Diagnostics
internal import Foundation
public import WorkingTime

/// What `casecheck.yaml` says: the scheduled job, checked before anything is read.
public struct JobConfiguration: Sendable {
  /// A folder of extracts, or files: globs are looked up when the job runs.
  public var extracts: [String] = []
  /// Last period's extracts.
  public var earlier: String?
  /// The rules.
  public var rules = RuleSelection(folders: [])
  /// The date the verdicts are given for; nil for the day of the run.
  public var asOf: CalendarDate?
  /// The folder for the lists, with `{asOf}` for the date.
  public var out = ""
  /// The ledger.
  public var ledger = ""
  /// The waivers.
  public var waivers: String?
  /// Whether a table that earlier runs had, and this one has not, makes the run untrusted.
  public var stopsAtMissingTable = true
  /// The share of a table's rows, in hundredths of a percent, that may be gone; nil for any.
  public var greatestFall: Int? = 2_000
  /// How many runs' lists are kept; nil for all.
  public var keep: Int?
  /// Whether exceptions leave the exit code at 0.
  public var exitZero = false
  /// The formats that are written; nil for all.
  public var formats: [String]?
  /// The mode of files.
  public var fileMode: UInt32 = 0o600
  /// The mode of folders.
  public var folderMode: UInt32 = 0o700
  /// Whether the configuration asks for mail, which this version does not send.
  public var asksForMail = false

  /// The folders of the runs, with `{asOf}` in the last part of the path: added where `out` has it not.
  public var outPattern: String {
    out.contains("{asOf}") ? out : (out.hasSuffix("/") ? out : out + "/") + "{asOf}"
  }
}

extension JobConfiguration {
  /// Reads a configuration; every mistake is reported with its place.
  ///
  /// Paths in it are relative to its own folder, wherever the job is started from.
  public static func load(_ path: String) -> (
    configuration: JobConfiguration, mistakes: [Diagnostic]
  ) {
    let start = SourcePosition(file: path, line: 1)
    guard let data = FileManager.default.contents(atPath: path) else {
      return (
        JobConfiguration(),
        [
          Diagnostic(
            at: start, "there is no configuration here, or it cannot be read",
            advice: "Name it with --config")
        ]
      )
    }
    let collector = DiagnosticCollector()
    let text = String(decoding: data, as: UTF8.self)
    let documents = YAMLReading.documents(of: text, file: path, into: &collector.diagnostics)
    guard let root = documents.first, documents.count == 1 else {
      if collector.diagnostics.isEmpty {
        collector.report("a configuration is one mapping of keys to values", at: start)
      }
      return (JobConfiguration(), collector.diagnostics.sorted())
    }
    let folder = (path as NSString).deletingLastPathComponent
    var loader = JobConfigurationLoader(folder: folder, collector: collector)
    let configuration = loader.load(root)
    return (configuration, collector.diagnostics.sorted())
  }
}

/// Takes a configuration out of its YAML.
private struct JobConfigurationLoader {
  let folder: String
  let collector: DiagnosticCollector
  private var configuration = JobConfiguration()

  init(folder: String, collector: DiagnosticCollector) {
    self.folder = folder
    self.collector = collector
  }

  mutating func load(_ root: YAMLNode) -> JobConfiguration {
    let keys = [
      "extracts", "earlier", "rules", "packs", "parameters", "calendar", "asOf", "out", "ledger",
      "waivers", "guard", "keep", "exitZero", "formats", "modes", "deliver",
    ]
    guard
      let reader = MappingReader(root, "the configuration", keys: keys, into: collector)
    else { return configuration }
    configuration.extracts = reader.texts("extracts").map(placed)
    if configuration.extracts.isEmpty { reader.report("the configuration needs `extracts`") }
    configuration.earlier = reader.text("earlier").map(placed)
    loadRules(reader)
    loadAsOf(reader)
    configuration.out = reader.requiredText("out").map(placed) ?? ""
    if configuration.out.contains("{asOf}"), !hasDateAtEnd(configuration.out) {
      reader.report(
        "`out` has {asOf} once, in the last part of the path", key: "out",
        advice: "Write it as /srv/casecheck/{asOf}")
    }
    configuration.ledger = reader.requiredText("ledger").map(placed) ?? ""
    configuration.waivers = reader.text("waivers").map(placed)
    loadGuard(reader)
    configuration.keep = reader.count("keep")
    if configuration.keep == 0 {
      reader.report("`keep` is at least 1: the run itself is kept", key: "keep")
    }
    configuration.exitZero = reader.bool("exitZero") ?? false
    loadFormats(reader)
    loadModes(reader)
    loadDelivery(reader)
    return configuration
  }

  private func hasDateAtEnd(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    return parts.dropLast().allSatisfy { !$0.contains("{asOf}") }
      && parts.last?.ranges(of: "{asOf}").count == 1
  }

  private func placed(_ path: String) -> String {
    path.hasPrefix("/") || folder.isEmpty ? path : folder + "/" + path
  }

  private mutating func loadRules(_ reader: MappingReader) {
    let folders = reader.texts("rules").map(placed)
    if folders.isEmpty { reader.report("the configuration needs `rules`") }
    var rules = RuleSelection(folders: folders)
    if reader.has("packs") { rules.packs = reader.texts("packs") }
    rules.calendar = reader.text("calendar")
    rules.parameters = reader.pairs("parameters").compactMap { key, value in
      guard let name = key.text, let text = value.text else {
        collector.report("a parameter is a name with a single value", at: value.position)
        return nil
      }
      return (name, text)
    }
    configuration.rules = rules
  }

  private mutating func loadAsOf(_ reader: MappingReader) {
    guard let text = reader.requiredText("asOf"), text != "today" else { return }
    configuration.asOf = CalendarDate(iso: text)
    if configuration.asOf == nil {
      reader.report(
        "`asOf` is today or a date, not `\(text)`", key: "asOf",
        advice: "Write a date as 2016-01-31")
    }
  }

  private mutating func loadGuard(_ reader: MappingReader) {
    guard let node = reader.value("guard"),
      let guarding = MappingReader(
        node, "`guard`", keys: ["missingTable", "shrinkMoreThan"], into: collector)
    else { return }
    enum Reaction: String, CaseIterable { case stop, warn }
    let reaction: Reaction? = guarding.choice("missingTable")
    configuration.stopsAtMissingTable = reaction != .warn
    guard let text = guarding.text("shrinkMoreThan") else { return }
    if text == "never" {
      configuration.greatestFall = nil
    } else if text.hasSuffix("%"), let share = Double(text.dropLast().trimmingSpaces),
      0 <= share, share <= 100
    {
      configuration.greatestFall = Int((share * 100).rounded())
    } else {
      guarding.report(
        "`shrinkMoreThan` is a share such as 20%, or never, not `\(text)`", key: "shrinkMoreThan")
    }
  }

  private mutating func loadFormats(_ reader: MappingReader) {
    guard reader.has("formats") else { return }
    let known = ["csv", "json"]
    let formats = reader.scalars("formats")
    for format in formats where !known.contains(format.text ?? "") {
      collector.report(
        "there is no format `\(format.text ?? "")` in this version", at: format.position,
        advice: "It knows \(known.joined(separator: " and "))")
    }
    configuration.formats = formats.compactMap(\.text)
  }

  private mutating func loadModes(_ reader: MappingReader) {
    guard let node = reader.value("modes"),
      let modes = MappingReader(node, "`modes`", keys: ["files", "folders"], into: collector)
    else { return }
    func mode(_ key: String) -> UInt32? {
      guard let text = modes.text(key) else { return nil }
      guard let mode = UInt32(text, radix: 8), mode <= 0o777, mode & 0o600 == 0o600 else {
        modes.report(
          "`\(key)` is a mode such as 0640 under which the owner can read and write, not `\(text)`",
          key: key)
        return nil
      }
      return mode
    }
    configuration.fileMode = mode("files") ?? configuration.fileMode
    configuration.folderMode = mode("folders") ?? configuration.folderMode
  }

  private mutating func loadDelivery(_ reader: MappingReader) {
    guard let node = reader.value("deliver"),
      let deliver = MappingReader(
        node, "`deliver`", keys: ["method", "from", "include"], into: collector)
    else { return }
    enum Method: String, CaseIterable { case sendmail, maildir }
    enum Include: String, CaseIterable { case counts, lists }
    let _: Method? = deliver.choice("method")
    let _: Include? = deliver.choice("include")
    configuration.asksForMail = true
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String { String(self).trimmingCharacters(in: .whitespaces) }
}
