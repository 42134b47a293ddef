import Delivery
import Diagnostics
import Exceptions
import Foundation
import Logging
import Reports
import Rulebooks
import WorkingTime

/// Sends the weekly mail of a run.
///
/// Nothing that goes wrong here changes the run: its lists and its ledger are in place. It is told, and
/// tried again by the next run.
struct Mailing {
  private let deliver: JobConfiguration.Deliver
  /// What tells this job's mails from those of others with which it shares an outbox.
  private let job: String
  private let logger: Logger

  init(_ deliver: JobConfiguration.Deliver, job: String, logger: Logger) {
    self.deliver = deliver
    self.job = job
    self.logger = logger
  }

  func send(_ report: RunReport, _ pages: PageSettings, files: [ReportFile], out: String) {
    do throws(DeliveryFault) {
      let outbox = try Outbox(deliver.outbox)
      if deliver.days.isEmpty || deliver.days.contains(report.asOf.weekday) {
        try add(report, pages, files, out, to: outbox)
      }
      let sent = try outbox.send(handOver)
      for name in sent.sent { logger.debug("casecheck: mail \(name) handed over") }
      for (name, why) in sent.failed {
        logger.error("casecheck: mail \(name) could not be handed over: \(why)")
      }
      for (name, why) in sent.doubtful {
        logger.error(
          "casecheck: mail \(name) may have been sent: \(why). It is not sent again: ask its team, then remove it from \(deliver.outbox)/doubtful."
        )
      }
    } catch {
      logger.error("casecheck: no mail was sent: \(error)")
    }
  }

  private func add(
    _ report: RunReport, _ pages: PageSettings, _ files: [ReportFile], _ out: String,
    to outbox: borrowing Outbox
  ) throws(DeliveryFault) {
    let settings = MailSettings(
      from: deliver.from, addresses: deliver.addresses, attachesLists: deliver.include == .lists,
      out: out)
    let (mails, without) = teamMails(report, settings, pages, files: files)
    for (name, message) in mails {
      try outbox.add("\(report.asOf)-\(name)") { edition in
        var message = message
        message.edition = edition
        return message.bytes
      }
    }
    let gone = try outbox.settle(
      mails.map { "\(report.asOf)-\($0.name)" }, of: job, on: report.asOf.description)
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
    for team in without {
      logger.warning(
        "casecheck: \(team): no address for its mail. Put one into the extract of teams, or under `deliver: to:`."
      )
    }
  }

  private func handOver(_ name: String, _ contents: [UInt8]) throws {
    switch deliver.method {
    case .maildir: try Delivery.deliver(contents, named: name, toMaildir: deliver.maildir)
    case .sendmail:
      try Delivery.deliver(
        contents, from: deliver.from, byProgram: deliver.program,
        within: .seconds(deliver.timeout))
    }
  }
}
