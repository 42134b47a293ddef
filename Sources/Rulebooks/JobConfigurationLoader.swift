import Exceptions
import WorkingTime

/// Takes a configuration out of its YAML.
struct JobConfigurationLoader {
  let folder: String
  /// Whether the command line names the as-of date, so that the configuration need not.
  let hasDay: Bool
  let collector: DiagnosticCollector
  private var configuration = JobConfiguration()

  init(folder: String, hasDay: Bool = false, collector: DiagnosticCollector) {
    self.folder = folder
    self.hasDay = hasDay
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
    for key in ["extracts", "packs", "formats"] { reader.reportIfEmpty(key) }
    configuration.earlier = path("earlier", reader)
    loadRules(reader)
    loadAsOf(reader)
    configuration.out = reader.requiredText("out").map(placed) ?? ""
    if configuration.out.contains("{asOf}"), !hasDateAtEnd(configuration.out) {
      reader.report(
        "`out` has {asOf} once, in the last part of the path", key: "out",
        advice: "Write it as /srv/casecheck/{asOf}")
    }
    let others = configuration.out.replacing("{asOf}", with: "")
    if others.contains("{") || others.contains("}") {
      reader.report(
        "`out` knows {asOf} and nothing else in braces", key: "out",
        advice: "Write it as /srv/casecheck/{asOf}")
    }
    configuration.ledger = reader.requiredText("ledger").map(placed) ?? ""
    configuration.waivers = path("waivers", reader)
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

  /// The path that a key names; an empty one, which would stand for the folder itself, is reported.
  private func path(_ key: String, _ reader: MappingReader) -> String? {
    guard let text = reader.text(key) else { return nil }
    guard text.contains(where: { $0 != " " }) else {
      reader.report("`\(key)` is an empty text", key: key, advice: "Name it, or take the key out")
      return nil
    }
    return placed(text)
  }

  private mutating func loadRules(_ reader: MappingReader) {
    var places = RuleSelection.Places()
    let folders = reader.scalars("rules").compactMap { node -> String? in
      guard let folder = node.text.map(placed) else { return nil }
      places.folders[folder] = node.position
      return folder
    }
    if folders.isEmpty { reader.report("the configuration needs `rules`") }
    var rules = RuleSelection(folders: folders)
    if reader.has("packs") {
      let packs = reader.scalars("packs")
      for node in packs { places.packs[node.text ?? ""] = node.position }
      rules.packs = packs.compactMap(\.text)
    }
    rules.calendar = reader.text("calendar")
    places.calendar = reader.value("calendar")?.position
    rules.parameters = reader.pairs("parameters").compactMap { key, value in
      guard let name = key.text, let text = value.text else {
        collector.report("a parameter is a name with a single value", at: value.position)
        return nil
      }
      places.parameters[name] = value.position
      return (name, text)
    }
    rules.places = places
    configuration.rules = rules
  }

  private mutating func loadAsOf(_ reader: MappingReader) {
    let given = hasDay ? reader.text("asOf") : reader.requiredText("asOf")
    guard let text = given, text != "today" else { return }
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
    } else if text.hasSuffix("%"), Percent(text) != nil,
      let share = Double(text.dropLast().trimmingSpaces), share <= 100
    {
      configuration.greatestFall = Int((share * 100).rounded())
    } else {
      guarding.report(
        "`shrinkMoreThan` is a share such as 20%, or never, not `\(text)`", key: "shrinkMoreThan")
    }
  }

  private mutating func loadFormats(_ reader: MappingReader) {
    guard reader.has("formats") else { return }
    var formats: Set<OutputFormat> = []
    for node in reader.scalars("formats") {
      if let format = OutputFormat(rawValue: node.text ?? "") {
        formats.insert(format)
      } else {
        collector.report(
          "there is no format `\(node.text ?? "")`", at: node.position,
          advice: "It knows \(OutputFormat.allCases.map(\.rawValue).joined(separator: ", "))")
      }
    }
    configuration.formats = formats
  }

  private mutating func loadModes(_ reader: MappingReader) {
    guard let node = reader.value("modes"),
      let modes = MappingReader(node, "`modes`", keys: ["files", "folders"], into: collector)
    else { return }
    func mode(_ key: String, _ needed: UInt32, _ words: String) -> UInt32? {
      guard let text = modes.text(key) else { return nil }
      guard let mode = UInt32(text, radix: 8), mode <= 0o777, mode & needed == needed else {
        modes.report("`\(key)` is a mode such as \(words), not `\(text)`", key: key)
        return nil
      }
      return mode
    }
    configuration.fileMode =
      mode("files", 0o600, "0640 under which the owner can read and write")
      ?? configuration.fileMode
    // Without the right to enter a folder nothing can be written into it.
    configuration.folderMode =
      mode("folders", 0o700, "0750 under which the owner can read, write and enter")
      ?? configuration.folderMode
  }

  private mutating func loadPages(_ reader: MappingReader) {
    configuration.templates = path("templates", reader)
    configuration.pseudonymise = path("pseudonymise", reader)
    guard let node = reader.value("brand"),
      let brand = MappingReader(
        node, "`brand`", keys: ["name", "logo", "accent"], into: collector)
    else { return }
    configuration.brandName = brand.text("name")
    configuration.brandLogo = path("logo", brand)
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
    let keys = ["method", "from", "include", "to", "maildir", "program", "timeout", "outbox", "on"]
    guard let node = reader.value("deliver"),
      let reader = MappingReader(node, "`deliver`", keys: keys, into: collector)
    else { return }
    let method: JobConfiguration.Deliver.Method? = reader.choice("method")
    if !reader.has("method") { reader.report("`deliver` needs a `method`") }
    var deliver = JobConfiguration.Deliver(
      method: method ?? .maildir, from: reader.requiredText("from") ?? "")
    deliver.include = reader.choice("include") ?? .counts
    if deliver.include == .lists, configuration.formats.isDisjoint(with: [.html, .xlsx]) {
      reader.report(
        "there are no lists to go with the mails: `formats` has neither html nor xlsx",
        key: "include", advice: "Add one of them to `formats`, or send counts")
    }
    deliver.addresses = reader.pairs("to").compactMap { team, address in
      guard let name = team.text, let text = address.text, MailAddress.isPlain(text) else {
        collector.report(
          "a team has one address, such as name@example.gov.uk", at: address.position)
        return nil
      }
      return (name, text)
    }
    if reader.has("from"), !MailAddress.isPlain(deliver.from) {
      reader.report("`from` is an address such as name@example.gov.uk", key: "from")
    }
    deliver.maildir = reader.text("maildir").map(placed) ?? ""
    if method == .maildir, deliver.maildir.isEmpty {
      reader.report(
        "`deliver` by maildir needs a `maildir`", advice: "Name the folder of the maildir")
    }
    deliver.program = path("program", reader) ?? deliver.program
    deliver.timeout = reader.count("timeout") ?? deliver.timeout
    if !(1...3_600).contains(deliver.timeout) {
      reader.report("`timeout` is from 1 to 3600 seconds", key: "timeout")
    }
    deliver.outbox = path("outbox", reader) ?? outbox(beside: configuration.ledger)
    reader.reportIfEmpty("on")
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
}

/// The folder for mails that wait, beside the ledger.
private func outbox(beside ledger: String) -> String {
  let folder = folder(ofFile: ledger)
  return folder.isEmpty ? "outbox" : folder + (folder == "/" ? "" : "/") + "outbox"
}
