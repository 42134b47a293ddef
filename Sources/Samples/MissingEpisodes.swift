// Looked-after children who go missing, and the interview on their return.
extension ChildWriter {
  mutating func writeMissingEpisodes(_ spell: CareSpell) {
    let isMeant =
      isMeant(.interviewLate) || isMeant(.interviewNotOffered) || isMeant(.refusalReasonMissing)
    guard spell.end == nil, isMeant || (asOf - born > 10 * 365 && random.happens(30)) else {
      return
    }
    if isMeant { recordsToSkip = 0 }
    var day = max(spell.start + 10, asOf - 320) + random.below(20)
    for number in 1...4 {
      guard day < asOf - 16 else { return }
      writeMissingEpisode(number, on: day)
      day += random.between(14, 90)
    }
  }

  private mutating func writeMissingEpisode(_ number: Int, on day: Int) {
    let episode = id(.missing, number)
    let returned = day + random.between(1, 3)
    let minute = random.between(8 * 60, 20 * 60)
    tables.missing[.episodeId] = episode
    tables.missing[.personId] = person
    tables.missing[.episodeType] = .text(random.happens(80) ? "M" : "A")
    tables.missing[.wentMissingAt] = .moment(day, random.between(17 * 60, 23 * 60 + 59))
    tables.missing[.returnedAt] = .moment(returned, minute)
    tables.missing[.fromWhere] = .text("Placement")
    tables.missing[.toWhere] = .text(random.pick(["Friend's house", "Town centre", "Family"]))
    tables.missing[.missingWith] = .text(random.pick(["Alone", "A friend", "Not said"]))
    if random.happens(60) { tables.missing[.notes] = .note(random.next()) }
    if takesFault(.interviewNotOffered) {
      tables.missing[.interviewOffered] = .no
      let table = "missing_episodes"
      let rule = "return-interview-offered"
      plant(rule, table, episode, field: "interview_offered", "no interview was offered")
      let late = "return-interview-72-hours"
      plant(late, table, episode, field: "interviewed_at", "no interview was offered or held")
      tables.missing.write()
      return
    }
    tables.missing[.interviewOffered] = .yes
    tables.missing[.offeredAt] = .moment(returned + 1, min(minute, 10 * 60))
    let isUnexplained = takesFault(.refusalReasonMissing)
    if isUnexplained || (fault != .interviewLate && random.happens(20)) {
      tables.missing[.interviewAccepted] = .no
      if isUnexplained {
        let rule = "return-interview-refusal-reason"
        plant(
          rule, "missing_episodes", episode, field: "refusal_reason", "declined, without a reason")
      } else {
        tables.missing[.refusalReason] = .text("CHILD")
      }
      tables.missing.write()
      return
    }
    var held = returned + random.between(1, 2)
    if takesFault(.interviewLate) {
      held = returned + random.between(5, 9)
      let rule = "return-interview-72-hours"
      plant(rule, "missing_episodes", episode, field: "interviewed_at", "interviewed late")
    }
    tables.missing[.interviewAccepted] = .yes
    tables.missing[.interviewer] = .text(worker.name)
    tables.missing[.independent] = .flag(random.happens(80))
    tables.missing[.interviewedAt] = .moment(held, minute)
    tables.missing.write()
  }
}
