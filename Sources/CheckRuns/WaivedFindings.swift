import Exceptions
import WorkingTime

extension CaseFile {
  /// Whether a waiver in force on a day speaks of one of the verdicts; whether it holds depends on
  /// the whole run.
  func isSpokenOf(by waivers: [Waiver], asOf: CalendarDate) -> Bool {
    let inForce = Dictionary(
      grouping: waivers.filter { $0.until >= asOf && $0.agreedOn <= asOf }, by: \.record)
    return findings.contains { finding in
      (inForce[finding.record] ?? []).contains { waiver in
        // What was noted may stand under another number by now.
        let occasion = finding.occasion > 0 ? finding.occasion : nil
        return waiver.covers(
          rule: finding.rule, table: finding.table, record: finding.record,
          occasion: waiver.digest.isEmpty ? occasion : waiver.occasion)
      }
    }
  }

  /// Notes with each verdict the waiver that takes it off the lists of a run with these exceptions.
  ///
  /// Those of other children count as well: a waiver may hold for none of several records with one
  /// key. A verdict is called waived only where nothing like it is listed.
  mutating func note(
    _ waivers: [Waiver], holdingAmong exceptions: [CaseException], asOf: CalendarDate
  ) {
    var matching = WaiverMatching(waivers, asOf: asOf)
    for exception in exceptions { matching.count(exception) }
    let wanted = Set(findings.map { VerdictPlace($0) })
    var agreed: [VerdictPlace: Waiver] = [:]
    var listed: Set<VerdictPlace> = []
    for exception in exceptions {
      let place = VerdictPlace(exception)
      guard wanted.contains(place) else { continue }
      if let waiver = matching.waiver(of: exception) {
        agreed[place] = waiver
      } else {
        listed.insert(place)
      }
    }
    for number in findings.indices {
      let place = VerdictPlace(findings[number])
      findings[number].waiver = listed.contains(place) ? nil : agreed[place]
    }
  }
}

/// What a verdict of a case file and an exception of a run have in common.
private struct VerdictPlace: Hashable {
  let rule: String
  let table: String
  let record: String
  /// 0 where the rule does not repeat.
  let occasion: Int
  let status: VerdictStatus

  init(_ finding: CaseFile.Finding) {
    rule = finding.rule
    table = finding.table
    record = finding.record
    occasion = finding.occasion
    status = finding.status
  }

  init(_ exception: CaseException) {
    rule = exception.rule
    table = exception.table
    record = exception.recordID
    occasion = exception.occasion ?? 0
    status = exception.status.verdict
  }
}
