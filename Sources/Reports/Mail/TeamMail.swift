public import Exceptions

/// What the mails of a run contain and where they go.
public struct MailSettings: Sendable {
  /// The sender's address.
  public var from: String
  /// Addresses by the displayed names of their teams, replacing those in the extracts.
  ///
  /// If a team has two, the last counts. This is a list because `String` holds two encodings of `é`
  /// equal, and the mail of one team must not go to another.
  public var addresses: [(team: String, address: String)]
  /// Whether child-level lists are attached.
  public var attachesLists: Bool
  /// The folder of the run, by the path that its readers know.
  public var out: String
  /// What distinguishes this job's mails from another's: letters, digits, `.` and `-`.
  public var job: String

  /// Settings.
  public init(
    from: String, addresses: [(team: String, address: String)], attachesLists: Bool, out: String,
    job: String
  ) {
    self.from = from
    self.addresses = addresses
    self.attachesLists = attachesLists
    self.out = out
    self.job = job
  }

  func address(of team: TeamName) -> String? {
    addresses.last { areSameBytes($0.team, team.shown) }?.address
  }
}

/// The mail of each team that has an address, by the team's folder; and the teams without one.
///
/// The text has only counts and how the team stands: anything about a child is in an attached list,
/// and only if lists are asked for.
public func teamMails(
  _ report: RunReport, _ settings: MailSettings, _ pages: PageSettings, files: [ReportFile]
) -> (mails: [(name: String, message: MailMessage)], without: [String]) {
  let report = report.forReaders
  let tally = RunTally(report)
  let slugs = TeamSlugs(tally.teams.map(\.team))
  let drift = DriftLists(report)
  var mails: [(name: String, message: MailMessage)] = []
  var without: [String] = []
  for team in tally.teams {
    let slug = slugs[team.team]
    guard let address = settings.address(of: team.team) ?? report.addresses[team.team] else {
      // Records without a team also wait for somebody, if there are any.
      if team.team != .none || team.exceptions.open > 0 { without.append(team.team.shown) }
      continue
    }
    let page = DriftPage(
      frame: PageFrame(report: report, settings: pages), team: team, drift: drift)
    let folder = slugs.path(of: team.team)
    let attached = settings.attachesLists ? attachments(folder, files) : []
    let hasFolder = files.contains { $0.path.hasPrefix(folder) }
    var context = page.summary
    context["where"] = pageText(settings.out + (hasFolder ? "/teams/" + slug : ""))
    context["listsAttached"] = !attached.isEmpty
    var message = MailMessage(
      from: settings.from, to: address,
      subject:
        "\(team.team.inWords): \(team.subject(after: report)), as of \(PageDates.long(report.asOf))",
      date: report.asOf, identity: "\(report.asOf).\(slug).\(settings.job).casecheck",
      text: pages.templates.render(context, with: "mail.txt"),
      html: pages.templates.render(context, with: "mail.html"))
    message.attachments = attached
    mails.append((slug, message))
  }
  return (mails, without)
}

/// The addresses of a run's teams, by the teams' folders; nil for a team without one.
public func mailAddresses(_ report: RunReport, _ settings: MailSettings) -> [String: String?] {
  let teams = RunTally(report).teams.map(\.team)
  let slugs = TeamSlugs(teams)
  return Dictionary(
    teams.map { (slugs[$0], settings.address(of: $0) ?? report.addresses[$0]) },
    uniquingKeysWith: { first, _ in first })
}

/// The teams of a run by their folders, by which their mails are named.
public func mailTeams(_ report: RunReport) -> [String: TeamName] {
  let teams = RunTally(report).teams.map(\.team)
  let slugs = TeamSlugs(teams)
  return Dictionary(teams.map { (slugs[$0], $0) }, uniquingKeysWith: { first, _ in first })
}

extension MailMessage {
  /// Whether the bytes of a message have an attachment.
  public static func hasAttachments(_ bytes: [UInt8]) -> Bool {
    // Bodies are in base64, so the line cannot occur in them.
    String(decoding: bytes, as: UTF8.self).contains("\nContent-Disposition: attachment;")
  }

  /// The header that identifies a message, from its bytes.
  public static func identity(_ bytes: [UInt8]) -> String {
    let name = Array("Message-ID: ".utf8)
    var rest = bytes[...]
    // The header ends at an empty line; a long subject takes several lines of it.
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")), end > rest.startIndex {
      let line = rest[..<end]
      if line.starts(with: name) {
        return String(decoding: line.dropFirst(name.count), as: UTF8.self)
      }
      rest = rest[(end + 1)...]
    }
    return ""
  }

  /// The bytes of a message, addressed to another receiver.
  public static func readdressed(_ bytes: [UInt8], to address: String) -> [UInt8] {
    Array("To: \(address)".utf8) + bytes.drop { $0 != UInt8(ascii: "\n") }
  }
}

/// The workbook in a team's folder, and the page with all its further pages.
private func attachments(_ folder: String, _ files: [ReportFile]) -> [MailMessage.Attachment] {
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
