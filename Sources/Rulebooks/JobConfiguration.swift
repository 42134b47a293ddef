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
  /// A folder of templates in place of casecheck's own.
  public var templates: String?
  /// What the pages are headed with.
  public var brandName: String?
  /// A file with a picture for the pages.
  public var brandLogo: String?
  /// The pages' one colour, `#rrggbb`.
  public var brandAccent: String?
  /// A file with the key by which persons and records are replaced.
  public var pseudonymise: String?
  /// The mail; nil for none.
  public var deliver: Deliver?

  /// To whom mail goes, and how.
  public struct Deliver: Sendable {
    /// How mail leaves.
    public enum Method: String, CaseIterable, Sendable {
      /// By the system's own mail program.
      case sendmail
      /// Into a maildir, for another program to take.
      case maildir
    }

    /// What it holds.
    public enum Include: String, CaseIterable, Sendable {
      /// Counts and standing.
      case counts
      /// The team's lists as well.
      case lists
    }

    /// How mail leaves.
    public var method: Method
    /// The sender's address.
    public var from: String
    /// What it holds.
    public var include = Include.counts
    /// Addresses by team, in place of those of the teams table.
    public var addresses: [(team: String, address: String)] = []
    /// The maildir.
    public var maildir = ""
    /// The mail program.
    public var program = "/usr/sbin/sendmail"
    /// The folder in which mail waits, and what was sent is noted.
    public var outbox = ""
    /// The days of the week on which mail goes out; empty for all.
    public var days: Set<Weekday> = []
  }

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
      "waivers", "guard", "keep", "exitZero", "formats", "modes", "templates", "brand",
      "pseudonymise", "deliver",
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
    loadPages(reader)
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
    let known = ["csv", "xlsx", "html", "json"]
    let formats = reader.scalars("formats")
    for format in formats where !known.contains(format.text ?? "") {
      collector.report(
        "there is no format `\(format.text ?? "")`", at: format.position,
        advice: "It knows \(known.joined(separator: ", "))")
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

  private mutating func loadPages(_ reader: MappingReader) {
    configuration.templates = reader.text("templates").map(placed)
    configuration.pseudonymise = reader.text("pseudonymise").map(placed)
    guard let node = reader.value("brand"),
      let brand = MappingReader(
        node, "`brand`", keys: ["name", "logo", "accent"], into: collector)
    else { return }
    configuration.brandName = brand.text("name")
    configuration.brandLogo = brand.text("logo").map(placed)
    configuration.brandAccent = brand.text("accent")
    if let accent = configuration.brandAccent,
      accent.wholeMatch(of: /#[0-9A-Fa-f]{6}/) == nil
    {
      brand.report(
        "`accent` is a colour such as \"#1d4f91\", not `\(accent)`", key: "accent",
        advice: "Put quotes around it: # begins a comment")
    }
  }

  private mutating func loadDelivery(_ reader: MappingReader) {
    let keys = ["method", "from", "include", "to", "maildir", "program", "outbox", "on"]
    guard let node = reader.value("deliver"),
      let reader = MappingReader(node, "`deliver`", keys: keys, into: collector)
    else { return }
    let method: JobConfiguration.Deliver.Method? = reader.choice("method")
    if !reader.has("method") { reader.report("`deliver` needs a `method`") }
    var deliver = JobConfiguration.Deliver(
      method: method ?? .maildir, from: reader.requiredText("from") ?? "")
    deliver.include = reader.choice("include") ?? .counts
    deliver.addresses = reader.pairs("to").compactMap { team, address in
      guard let name = team.text, let text = address.text, isAddress(text) else {
        collector.report(
          "a team has one address, such as name@example.gov.uk", at: address.position)
        return nil
      }
      return (name, text)
    }
    if !deliver.from.isEmpty, !isAddress(deliver.from) {
      reader.report("`from` is an address such as name@example.gov.uk", key: "from")
    }
    deliver.maildir = reader.text("maildir").map(placed) ?? ""
    if method == .maildir, deliver.maildir.isEmpty {
      reader.report(
        "`deliver` by maildir needs a `maildir`", advice: "Name the folder of the maildir")
    }
    deliver.program = reader.text("program") ?? deliver.program
    deliver.outbox =
      reader.text("outbox").map(placed)
      ?? (configuration.ledger as NSString).deletingLastPathComponent + "/outbox"
    if deliver.outbox.hasPrefix("/outbox"), !configuration.ledger.hasPrefix("/") {
      deliver.outbox = "outbox"
    }
    for day in reader.scalars("on") {
      if let weekday = Weekday(name: day.text ?? "") {
        deliver.days.insert(weekday)
      } else {
        collector.report(
          "there is no day of the week `\(day.text ?? "")`", at: day.position,
          advice: "Write it as monday")
      }
    }
    configuration.deliver = deliver
  }

  /// One address and nothing else: no name, no list, no line end that could begin another header.
  private func isAddress(_ text: String) -> Bool {
    text.wholeMatch(of: /[!-?A-~]+@[0-9A-Za-z][0-9A-Za-z.\-]*/) != nil
      && !text.contains { ",;<>()\"\\".contains($0) }
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String { String(self).trimmingCharacters(in: .whitespaces) }
}
