import Diagnostics
public import Exceptions
import WorkingTime

/// A child's case file in the forms that people and programs read.
public struct CaseFileWriting {
  private let file: CaseFile
  private let findings: [CaseFile.Finding]
  private let rule: String?
  /// How many verdicts that would need a person are left out because they are waived.
  private let waivedCount: Int
  private let alike: [CaseFile.OtherSpelling]
  private let faults: [String]
  private let unread: [String]

  /// Writes a case file.
  ///
  /// `onlyOpen` leaves out what is in order, not due for a while, or waived; with a `rule`, all
  /// that is not about it, and from the text the chronology, of which JSON still has all `events`
  /// and `undated`. `alike` are the records under numbers that may be the child's, `faults` say why
  /// an input cannot be trusted, and `unread` how many records of which files could not be read.
  public init(
    _ file: CaseFile, onlyOpen: Bool, rule: String? = nil, alike: [CaseFile.OtherSpelling],
    faults: [String],
    unread: [String]
  ) {
    var file = file
    if let rule {
      file.findings.removeAll { $0.rule != rule }
      file.unasked.removeAll { $0.rule != rule }
      file.silent.removeAll { $0 != rule }
      file.notEvaluated.removeAll { $0.rule != rule }
    }
    if onlyOpen { file.unasked = [] }
    self.file = file
    self.rule = rule
    self.alike = alike
    self.faults = faults
    self.unread = unread
    let open = file.findings.filter { ![.met, .pending].contains($0.status) }
    findings = onlyOpen ? open.filter { $0.waiver == nil } : file.findings
    waivedCount = onlyOpen ? open.count { $0.waiver != nil } : 0
  }

  /// Plain text: the chronology, the verdicts with their reasons, and the rules with nothing to
  /// judge.
  public var text: String {
    var lines = ["Case file of \(harmless(file.person))", ""]
    if !faults.isEmpty {
      lines += item("Not every input could be trusted: records may be missing below.")
      for fault in faults { lines += indented(fault, by: 4) }
      lines.append("")
    }
    if !unread.isEmpty {
      lines += item("Records that could not be read may be this child's:")
      for file in unread { lines += indented(file, by: 4) }
      lines.append("")
    }
    if !alike.isEmpty {
      lines += item("Records under a number that may be this child's, and are not shown below:")
      for record in alike { lines += indented("\"\(record.number)\": \(record.record)", by: 4) }
      lines.append("")
    }
    if rule == nil { lines += chronology + [""] }
    lines.append("Verdicts")
    var unasked = file.unasked[...]
    // What a rule passes over stands behind what it found.
    func addUnasked(of rule: String) {
      while let record = unasked.first, record.rule == rule {
        let name = record.record.isEmpty ? record.table : "\(record.table) \(record.record)"
        lines += indented("\(name): not asked", by: 4)
        for reason in record.reasons { lines += indented(reason, by: 6) }
        unasked.removeFirst()
      }
    }
    var last = ""
    for finding in findings {
      if finding.rule != last {
        addUnasked(of: last)
        lines += ["", "  \(harmless(finding.rule)): \(harmless(finding.title))"]
        last = finding.rule
      }
      let record =
        "\(finding.table) \(finding.record)"
        + (finding.occasion > 0 ? ", occasion \(finding.occasion)" : "")
      let waived = finding.waiver == nil ? "" : ", waived"
      lines += indented("\(record): \(finding.status.rawValue)\(waived)", by: 4)
      if let waiver = finding.waiver { lines += indented(waiver.words { "\($0)" }, by: 6) }
      for reason in finding.reasons { lines += indented(reason, by: 6) }
    }
    addUnasked(of: last)
    if findings.isEmpty { lines.append("  none") }
    // Those of a rule that was asked for and has found nothing.
    if let left = unasked.first {
      lines += ["", "  \(harmless(left.rule)): \(harmless(left.title))"]
      addUnasked(of: left.rule)
    }
    if waivedCount > 0 {
      let are = waivedCount == 1 ? "is" : "are"
      lines += ["", "  \(counted(waivedCount, "waived verdict")) \(are) not shown."]
    }
    if !file.silent.isEmpty {
      lines += ["", "Rules that ask nothing of these records: \(grouped(file.silent.count))"]
      lines += item(file.silent.joined(separator: ", "))
      if rule == nil { lines += item("Why one of them does not: --rule NAME.") }
    }
    if !file.notEvaluated.isEmpty {
      lines += ["", "Rules that were not evaluated: \(grouped(file.notEvaluated.count))"]
      var byCause: [String: [String]] = [:]
      for (rule, why) in file.notEvaluated { byCause[why, default: []].append(rule) }
      for cause in byCause.keys.inByteOrder() {
        lines += item("\(cause): \((byCause[cause] ?? []).joined(separator: ", "))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var chronology: [String] {
    var lines = ["Chronology"]
    for event in file.events {
      let what =
        "\(event.moment)  \(event.title) \(event.record): \(event.field)"
        + (event.details.isEmpty ? "" : " (\(event.details))")
      lines += item(what)
    }
    if !file.undated.isEmpty {
      lines += item("Without a date that can be used: \(file.undated.joined(separator: "; "))")
    }
    return lines
  }

  private func indented(_ text: String, by blanks: Int) -> [String] {
    wrapped(harmless(text), to: lineWidth - blanks - 2).enumerated().map { index, line in
      String(repeating: " ", count: index == 0 ? blanks : blanks + 2) + line
    }
  }

  /// JSON: `person`, `faults`, `unread`, `alike`, `events`, `undated`, `findings`, `notAsked`,
  /// `askingNothing` and `notEvaluated`.
  public var json: [UInt8] {
    JSONValue.object([
      ("person", .string(file.person)),
      ("faults", .strings(faults)),
      ("unread", .strings(unread)),
      ("alike", otherSpellings),
      (
        "events",
        .array(
          file.events.map { event in
            .object([
              ("at", .string(event.moment)), ("table", .string(event.table)),
              ("title", .string(event.title)),
              ("record", .string(event.record)), ("field", .string(event.field)),
              ("details", .string(event.details)), ("place", .string(event.place)),
            ])
          })
      ),
      ("undated", .strings(file.undated)),
      (
        "findings",
        .array(
          findings.map { finding in
            .object([
              ("rule", .string(finding.rule)), ("title", .string(finding.title)),
              ("table", .string(finding.table)), ("record", .string(finding.record)),
              ("occasion", .optional(finding.occasion > 0 ? finding.occasion : nil)),
              ("status", .string(finding.status.rawValue)), ("reasons", .strings(finding.reasons)),
              ("waiver", agreement(finding.waiver)),
            ])
          })
      ),
      (
        "notAsked",
        .array(
          file.unasked.map { record in
            .object([
              ("rule", .string(record.rule)), ("table", .string(record.table)),
              ("record", .optional(record.record)), ("reasons", .strings(record.reasons)),
            ])
          })
      ),
      ("askingNothing", .strings(file.silent)),
      (
        "notEvaluated",
        .array(
          file.notEvaluated.map { .object([("rule", .string($0.rule)), ("why", .string($0.why))]) }
        )
      ),
    ]).bytes
  }

  private var otherSpellings: JSONValue {
    .array(
      alike.map { record in
        .object([("number", .string(record.number)), ("record", .string(record.record))])
      })
  }

  private func agreement(_ waiver: Waiver?) -> JSONValue {
    guard let waiver else { return .null }
    return .object([
      ("until", .string("\(waiver.until)")), ("agreedBy", .optional(waiver.agreedBy)),
      ("agreedOn", .string("\(waiver.agreedOn)")), ("reason", .optional(waiver.reason)),
    ])
  }
}
