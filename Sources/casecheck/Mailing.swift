import CheckRuns
import Delivery
import Diagnostics
import Exceptions
import Foundation
import Logging
import Reports
import Rulebooks
import WorkingTime

/// The team of a waiting mail has no address in this run.
private struct AddressMissing: Error, CustomStringConvertible {
  var description: String {
    "its team has no address in this run. It waits until the team has one; remove it from the outbox if it is not to be sent."
  }
}

/// Sends the mails of a run.
///
/// Nothing that goes wrong here changes the run, whose lists and ledger are in place. It is
/// reported, and the next run tries again.
struct Mailing {
  private let deliver: JobConfiguration.Deliver
  /// What distinguishes this job's mails from those of other jobs that share the outbox.
  private let job: String
  /// The ledger's path with links unresolved, which used to identify the job.
  private let formerly: String
  private let day: CalendarDate
  /// Added to the identity of a mail whose lists use today's pseudonyms; empty without pseudonyms.
  private let pseudonyms: String
  private let logger: Logger
  private let stop: CleanStop

  init(
    _ deliver: JobConfiguration.Deliver, job: String, formerly: String, day: CalendarDate,
    pseudonyms: Pseudonyms?, logger: Logger, stop: CleanStop
  ) {
    self.deliver = deliver
    self.job = job
    self.formerly = formerly
    self.pseudonyms = pseudonyms.map { ".pseudonyms-\($0.mark)" } ?? ""
    self.day = day
    self.logger = logger
    self.stop = stop
  }

  private var mails: JobMails { JobMails(of: job, in: deliver.outbox) }

  /// The last day up to which no mails are still to be made, as the outbox knows it.
  ///
  /// A day after the ledger's last run was noted by a run that the ledger no longer has, as one by a
  /// wrong clock: it would keep missed mails from being made for as long.
  private func made(_ report: RunReport) throws(DeliveryFault) -> CalendarDate? {
    let noted = try mails.notes.made().flatMap { CalendarDate(iso: $0) }
    guard let noted, noted <= report.news?.last ?? day else { return nil }
    return noted
  }

  /// The day of a run that noted its mails and never made them.
  private func unmade() throws(DeliveryFault) -> CalendarDate? {
    try mails.notes.unmade().flatMap { CalendarDate(iso: $0) }
  }

  private func duty(_ report: RunReport) throws(DeliveryFault) -> MailDays.Duty {
    MailDays(weekdays: deliver.days).duty(
      on: day, made: try made(report), unmade: try unmade())
  }

  /// How many mails earlier runs could not hand over; nil if that cannot be told.
  func waiting() -> Int? {
    do throws(DeliveryFault) {
      try mails.adopt(formerly)
      return try mails.waiting()
    } catch {
      // The run says so once it comes to its mails.
      return nil
    }
  }

  /// Notes that the day's mails are still to be made, immediately before the run is recorded.
  ///
  /// Also reports mails that an earlier run should have made and did not.
  ///
  /// - Parameter report: the run, with what the ledger knows.
  /// - Returns: whether this run made the note, which must be taken back if the run is not
  ///   recorded.
  func announce(_ report: RunReport) -> Bool {
    let (before, duty): (String?, MailDays.Duty)
    do throws(DeliveryFault) {
      try mails.adopt(formerly)
      before = try mails.notes.unmade()
      duty = try self.duty(report)
    } catch {
      logger.error("casecheck: whether a run before has made its mails cannot be told: \(error)")
      return false
    }
    // What this run makes in its place is said when that is done, and the note stays until then.
    if case .overdue(let missed) = duty,
      before.flatMap({ CalendarDate(iso: $0) }).map({ $0 >= missed }) ?? false
    {
      return false
    }
    if let before, before != day.description {
      logger.error(
        "casecheck: the run as of \(before) has made no mails. Where it has ended and the extracts of that day are still there, put them back and run it again with --as-of \(before), and --backfill where later runs are recorded: with any others its lists would say what was true on another day."
      )
    }
    guard duty != .nothing, before != day.description else { return false }
    do throws(DeliveryFault) {
      try mails.notes.announce(day.description)
      return true
    } catch {
      logger.error("casecheck: the outbox cannot be written: \(error)")
      return false
    }
  }

  /// Removes the note of a run that was not recorded.
  func takeBack() { try? mails.notes.forget() }

  func send(_ report: RunReport, _ pages: PageSettings, files: [ReportFile], out: String) {
    let settings = MailSettings(
      from: deliver.from, addresses: deliver.addresses, attachesLists: deliver.include == .lists,
      out: out, job: Outbox.mark(of: job) + pseudonyms)
    var isDue = (try? duty(report)) != .nothing
    do throws(DeliveryFault) {
      // The longest that another run which holds the outbox waits for its mail program.
      let outbox = try Outbox(
        deliver.outbox, of: job, patience: .seconds(2 * deliver.timeout + 10), stop: stop)
      let (days, made) = (MailDays(weekdays: deliver.days), try made(report))
      let duty = try duty(report)
      isDue = duty != .nothing
      if isDue {
        try add(report, settings, pages, files, to: outbox)
        // A run that is filled in leaves what later ones have made.
        if made.map({ $0 <= day }) ?? true {
          try note(left: left(by: report, settings))
          try note(made: day)
        }
        try mails.notes.forget()
      } else {
        // Nobody waits for what was due before the job's first run.
        if made == nil, let before = days.last(before: day) { try note(made: before) }
        if report.news?.last == nil { try makeUp(report, settings, pages, files, to: outbox) }
      }
      if case .overdue(let missed) = duty {
        logger.warning(
          "casecheck: no run as of \(missed) has made its mails, which are due on that day of the week: this run has made them in its place."
        )
      }
      let addresses = mailAddresses(report, settings)
      let sent = try outbox.send(revising: { try revised($0, $1, addresses) }, handOver)
      for name in sent.sent { logger.debug("casecheck: mail \(name) handed over") }
      let teams = mailTeams(report)
      for failed in FailedMails.byTeam(sent.failed) {
        let team = teams[failed.team]?.inWords ?? failed.team
        logger.error("casecheck: \(words(of: failed, of: team))")
      }
      for (name, why) in sent.withdrawn {
        logger.error("casecheck: mail \(name) was taken back: \(why)")
      }
      for (name, why) in sent.doubtful {
        logger.error(
          "casecheck: mail \(name) may have been sent: \(why). It is not sent again: ask its team, then remove it from \(deliver.outbox)/doubtful."
        )
      }
    } catch {
      let again =
        isDue
        ? " Then run again as of \(day), on the extracts of that day: until then its mails are not made."
        : ""
      logger.error("casecheck: no mail was sent: \(error)\(again)")
    }
  }

  /// What is said of a team's mails that could not be handed over, the reason of the oldest first.
  private func words(of failed: FailedMails, of team: String) -> String {
    let others = failed.reasons.dropFirst().map { " Another: \($0)" }.joined()
    let why = (failed.reasons.first ?? "") + others
    if failed.files.count == 1, let name = failed.files.first {
      return "\(team): mail \(name) could not be handed over: \(why)"
    }
    return
      "\(team): \(failed.files.count) mails wait that could not be handed over, the oldest of \(failed.oldest): \(why)"
  }

  private func note(made day: CalendarDate) throws(DeliveryFault) {
    // A stop in the middle would leave a hidden file behind.
    try stop.held { () throws(DeliveryFault) in
      try mails.notes.note(made: day.description)
    }
  }

  private func note(left: MailsLeft) throws(DeliveryFault) {
    try stop.held { () throws(DeliveryFault) in try mails.notes.note(left: left) }
  }

  /// The teams that a day of mail leaves without what they should have had: those without an
  /// address, and all where what they got came from extracts that could not be trusted.
  private func left(by report: RunReport, _ settings: MailSettings) -> MailsLeft {
    // Where every run makes mails, the next one does so anyway.
    if deliver.days.isEmpty { return MailsLeft([]) }
    var teams = Array(mailAddresses(report, settings).filter { $0.value == nil }.keys)
    if report.isUntrusted { teams.append(MailsLeft.everyTeam) }
    return MailsLeft(teams)
  }

  /// Makes the mails that the last day of mail has left, of those teams that can have them now.
  private func makeUp(
    _ report: RunReport, _ settings: MailSettings, _ pages: PageSettings, _ files: [ReportFile],
    to outbox: borrowing Outbox
  ) throws(DeliveryFault) {
    var left = try mails.notes.left()
    let today = day.description
    let isOpenToAll = left.isOpen(MailsLeft.everyTeam) && !report.isUntrusted
    let isForAll = isOpenToAll || left.isMade(MailsLeft.everyTeam, on: today)
    let teams = Set(
      mailAddresses(report, settings).filter { team, address in
        address != nil && (isForAll || left.isOpen(team) || left.isMade(team, on: today))
      }.keys)
    if teams.isEmpty { return }
    let made = teamMails(report, settings, pages, files: files).mails.filter {
      teams.contains($0.name)
    }
    try add(made, to: outbox)
    let count = made.count { isOpenToAll || left.isOpen($0.name) }
    for (name, _) in made { left.make(name, on: today) }
    if isOpenToAll { left.make(MailsLeft.everyTeam, on: today) }
    try note(left: left)
    if count > 0 {
      logger.warning(
        "casecheck: on the last day of mail \(amount(count, "team")) had no mail, or one from extracts that could not be trusted: this run has made up for it."
      )
    }
  }

  private func add(
    _ made: [(name: String, message: MailMessage)], to outbox: borrowing Outbox
  ) throws(DeliveryFault) {
    for (name, message) in made {
      try outbox.add("\(day)-\(name)") { edition in
        var message = message
        message.edition = edition
        return message.bytes
      }
    }
  }

  private func add(
    _ report: RunReport, _ settings: MailSettings, _ pages: PageSettings, _ files: [ReportFile],
    to outbox: borrowing Outbox
  ) throws(DeliveryFault) {
    let (made, without) = teamMails(report, settings, pages, files: files)
    try add(made, to: outbox)
    let gone = try outbox.settle(made.map { "\(day)-\($0.name)" }, on: day.description)
    for name in gone {
      logger.warning(
        "casecheck: mail \(name) was sent by an earlier run of this day, and this one has none for its team: tell it that what it was sent may no longer hold."
      )
    }
    let teams = report.teams.map(\.shown)
    for (team, _) in deliver.addresses where !teams.contains(team) && team != TeamName.none.shown {
      let meant = nearestName(to: team, among: teams).map { " Did you mean `\($0)`?" } ?? ""
      logger.warning(
        "casecheck: `deliver: to:` has an address for `\(team)`, and this run has no such team.\(meant)"
      )
    }
    let unusable = Set(report.unusableAddresses.map(\.shown))
    for team in without {
      let why =
        unusable.contains(team)
        ? "what the extract of teams has for it is not one plain address such as name@example.gov.uk. Correct it there, or put one"
        : "no address for its mail. Put one into the extract of teams, or"
      logger.warning("casecheck: \(withBlanksShown(team)): \(why) under `deliver: to:`.")
    }
  }

  /// A waiting mail as today's configuration wants it, with the address that its team has now.
  ///
  /// It is withdrawn if it carries lists that may not be sent any more.
  private func revised(_ name: String, _ mail: [UInt8], _ addresses: [String: String?]) throws
    -> [UInt8]
  {
    let again =
      "Where it is still wanted, run again as of the day in its name, on the extracts of that day and with --backfill."
    if deliver.include != .lists, MailMessage.hasAttachments(mail) {
      throw MailWithdrawal(
        description: "it has lists with it, and `include` says now that none are sent. \(again)")
    }
    if !pseudonyms.isEmpty, MailMessage.hasAttachments(mail),
      !MailMessage.identity(mail).contains(pseudonyms + ".")
    {
      throw MailWithdrawal(
        description: "its lists are not under the pseudonyms that lists leave with now. \(again)")
    }
    let team = FailedMails.team(of: name)
    // A team missing from this run may return, so its mail keeps its receiver.
    guard let address = addresses[team] else { return mail }
    guard let address else { throw AddressMissing() }
    return MailMessage.readdressed(mail, to: address)
  }

  private func handOver(_ name: String, _ mail: OutgoingMail) throws {
    switch deliver.method {
    case .maildir: try Delivery.deliver(mail.contents, named: name, toMaildir: deliver.maildir)
    case .sendmail:
      try Delivery.deliver(
        mail, from: deliver.from, byProgram: deliver.program,
        within: .seconds(deliver.timeout))
    }
  }
}
