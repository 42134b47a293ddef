// Care proceedings, and children detained by the police.
extension ChildWriter {
  /// Writes the proceedings that an interim care order belongs to.
  ///
  /// They take at most 26 weeks, unless the court has extended them or their length is the fault.
  mutating func writeProceedings(issuedOn: Int, finalOrderOn: Int?) {
    let record = id(.courtCase, 1)
    let limit = issuedOn + 181
    let letter = issuedOn - random.between(50, 100)
    var final = finalOrderOn
    if let day = finalOrderOn, isMeant(.proceedingsLong), limit > asOf - 330, limit + 40 < asOf {
      final = max(day, limit + random.between(3, 35))
      let rule = "care-proceedings-26-weeks"
      plant(rule, "court_cases", record, field: "final_order_on", "longer than 26 weeks")
    } else if (final ?? asOf) >= limit {
      tables.court[.extendedTo] = .date(max(final ?? asOf, limit) + random.between(10, 60))
      tables.court[.extensionReason] = .text("Expert assessment")
      if isMeant(.extensionReasonMissing) {
        tables.court[.extensionReason] = .empty
        let rule = "court-extension-has-reason"
        plant(rule, "court_cases", record, field: "extension_reason", "extended without a reason")
      }
    }
    tables.court[.caseId] = record
    tables.court[.personId] = person
    tables.court[.courtReference] = .text("ZZ\(child + 1)C")
    tables.court[.application] = .text("CARE")
    tables.court[.letterSentOn] = .date(letter)
    tables.court[.firstMeetingOn] = .date(letter + random.between(5, 14))
    tables.court[.preProceedingsEndedOn] = .date(issuedOn)
    tables.court[.preProceedingsOutcome] = .text("ISSUED")
    tables.court[.issuedOn] = .date(issuedOn)
    tables.court[.finalOrderOn] = .date(final)
    if final != nil { tables.court[.finalOrder] = .text("Care order") }
    tables.court[.allocatedManager] = .text(worker.team)
    tables.court[.team] = .text(worker.team)
    tables.court[.worker] = .text(worker.name)
    tables.court.write()
  }

  /// Writes a night in custody for some of the older looked-after children.
  mutating func writeCustody(_ spell: CareSpell) {
    let isMeant = isMeant(.custodyNoticeLate) || isMeant(.custodyDestinationMissing)
    guard isMeant || (asOf - born > 13 * 365 && random.happens(8)) else { return }
    let record = id(.detention, 1)
    let day = max(spell.start + 5, asOf - 320) + random.below(20)
    guard day < spell.lastDay(asOf) - 7 else { return }
    tables.custody[.detentionId] = record
    tables.custody[.personId] = person
    tables.custody[.detainedAt] = .moment(day, random.between(18 * 60, 22 * 60))
    tables.custody[.notifiedAt] = .moment(day + 1, random.between(0, 9 * 60))
    tables.custody[.releasedAt] = .moment(day + 1, random.between(9 * 60, 15 * 60))
    tables.custody[.destination] = .text("Placement")
    tables.custody[.heldOvernight] = .yes
    if self.isMeant(.custodyNoticeLate) {
      tables.custody[.notifiedAt] = .moment(day + 3, 600)
      let rule = "custody-information-24-hours"
      plant(rule, "custody_detentions", record, field: "notified_at", "the council was told late")
    } else if self.isMeant(.custodyDestinationMissing) {
      tables.custody[.destination] = .empty
      let rule = "custody-stay-and-destination"
      plant(rule, "custody_detentions", record, field: "destination", "not said where to")
    }
    tables.custody.write()
  }
}
