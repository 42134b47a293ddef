public import Exceptions
internal import WorkingTime

/// What the mails of a run hold and where they go.
public struct MailSettings: Sendable {
  /// The sender's address.
  public var from: String
  /// Addresses with the shown names of their teams, in place of those of the extracts; of two for one team the last counts.
  ///
  /// A list: `String` takes two ways of composing `é` for one, and mail of one team must not go to another.
  public var addresses: [(team: String, address: String)]
  /// Whether child-level lists go with them.
  public var attachesLists: Bool
  /// The folder of the run, as its readers know it.
  public var out: String

  /// Settings.
  public init(
    from: String, addresses: [(team: String, address: String)], attachesLists: Bool, out: String
  ) {
    self.from = from
    self.addresses = addresses
    self.attachesLists = attachesLists
    self.out = out
  }

  func address(of team: TeamName) -> String? {
    addresses.last { areSameBytes($0.team, team.shown) }?.address
  }
}

/// The weekly mail of each team that has an address, by its folder's name; and the teams that have none.
///
/// Counts and standing only: what is about a child goes as a list, and only where that is asked for.
public func teamMails(
  _ report: RunReport, _ settings: MailSettings, _ pages: PageSettings, files: [ReportFile]
) -> (mails: [(name: String, message: MailMessage)], without: [String]) {
  let tally = RunTally(report)
  let slugs = TeamSlugs(tally.teams.map(\.team))
  let drift = DriftLists(report)
  var mails: [(name: String, message: MailMessage)] = []
  var without: [String] = []
  for team in tally.teams {
    let slug = slugs[team.team]
    guard let address = settings.address(of: team.team) ?? report.addresses[team.team] else {
      // Records of no team wait for somebody too, where there are any.
      if team.team != .none || team.exceptions.open > 0 { without.append(team.team.shown) }
      continue
    }
    let page = DriftPage(
      frame: PageFrame(report: report, settings: pages), team: team,
      items: drift.items(of: team), changes: drift.changes(of: team),
      standing: drift.standing(of: team))
    var context = page.summary
    context["where"] = pageText(settings.out + "/teams/" + slug)
    context["listsAttached"] = settings.attachesLists
    var message = MailMessage(
      from: settings.from, to: address,
      subject:
        "\(team.team.shown): \(team.subject), as of \(PageDates.long(report.asOf))",
      date: report.asOf, identity: "\(report.asOf).\(slug).casecheck",
      text: pages.templates.render(context, with: "mail.txt"),
      html: pages.templates.render(context, with: "mail.html"))
    if settings.attachesLists { message.attachments = attachments(slug, files) }
    mails.append((slug, message))
  }
  return (mails, without)
}

/// The workbook, and the page with whatever it goes on in.
private func attachments(_ slug: String, _ files: [ReportFile]) -> [MailMessage.Attachment] {
  let folder = "teams/\(slug)/"
  let types = [
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
  ]
  return files.filter { $0.path.hasPrefix(folder) }.compactMap { file in
    let name = String(file.path.dropFirst(folder.count))
    guard let type = types[name.split(separator: ".").last.map(String.init) ?? ""] else {
      return nil
    }
    return MailMessage.Attachment(name: name, type: type, contents: file.contents)
  }
}
