import Exceptions
import WorkingTime

/// `teams/SLUG/drift.html`: the team manager's page.
struct DriftPage {
  let frame: PageFrame
  let team: TeamTally
  let drift: DriftLists

  private var report: RunReport { frame.report }

  /// The page in a team's folder, or several pages if there are too many cases for one.
  func files(in folder: String) -> [ReportFile] {
    let items = drift.items(of: team)
    let sections = DriftSections(items)
    let frame = context(items)
    let parts = PagePart.parts(ofRows: sections.rows.compactMap { drift.item(at: $0).map(size) })
    let isCompared = report.news?.previous != nil
    return parts.map { part in
      ReportFile(
        path: folder + PagePart.file("drift", part.number), isMadeLate: self.frame.isLong
      ) {
        var context = frame
        context["part"] = part.context("drift")
        func rows(_ places: Range<Int>) -> [DriftItem] {
          sections.rows[places].compactMap(drift.item(at:))
        }
        let numbers = ruleNumbers(rows(part.rows))
        context["sections"] = sections.all.map { section in
          var own = section.context(on: part, of: parts, isCompared: isCompared)
          own["rows"] = rows(section.rows.clamped(to: part.rows)).map { row($0, numbers) }
          return own
        }
        context["rules"] = rules(numbers)
        return self.frame.settings.templates.render(context, with: "drift")
      }
    }
  }

  private func context(_ items: [DriftItem]) -> PageContext {
    var context = summary(items)
    context["ageing"] = ageing(items)
    context["hasAgeing"] = items.contains { $0.band != nil }
    context["workers"] = workers(items)
    context["hasWorkers"] = !items.isEmpty
    context["hasOthers"] = Workers(items).inOrder.contains { worker in
      !worker.items.contains { Self.withColumns.contains($0.section) }
    }
    return context
  }

  /// The parts of the list that have a column in the table of workers.
  private static let withColumns: [DriftItem.Section] = [.overdue, .failed, .dueSoon, .notJudged]

  private func size(_ item: DriftItem) -> Int {
    rowSize([
      item.worker, item.personID, item.key.record, frame.title(ofTable: item.key.table),
      headline(of: item),
      item.exception?.message ?? "", agreed(item), late(item),
    ])
  }

  /// Counts and how the team stands, with nothing about a child: what a mail may contain.
  var summary: PageContext { summary(drift.items(of: team)) }

  private func summary(_ items: [DriftItem]) -> PageContext {
    let changes = drift.changes(of: team)
    var context = frame.teamContext
    context["team"] = pageText(team.team.inWords)
    context["hasTeam"] = team.team != TeamName.none
    context["sheet"] = sheetName(team.team.inWords)
    context["standing"] = pageText(drift.standing(of: team, PageDates.long))
    context["atZero"] = team.standing == .atZero
    context["notAtZero"] = team.standing == .notAtZero
    context["notKnown"] = team.standing == .notKnown
    context["tiles"] = tiles(items)
    let told: PageContext = [
      "new": grouped(changes.new), "worse": grouped(changes.worse),
      "reopened": grouped(changes.reopened), "resolved": grouped(changes.resolved),
      "lapsed": grouped(changes.lapsed), "hasLapsed": changes.lapsed > 0,
      "note": note(changes),
    ]
    context["changes"] = told
    return context
  }

  /// What readers need to know besides the changes since the previous run, if runs are made more
  /// often than lists are read.
  private func note(_ changes: TeamChanges) -> String {
    var notes: [String] = []
    let standing = report.news?.teams.first { $0.team == team.team }
    if let come = standing?.movedIn, come > 0 {
      notes.append(" \(grouped(come)) came from another team.")
    }
    if let gone = standing?.movedOut, gone > 0 {
      notes.append(
        " \(grouped(gone)) went to another team, and \(gone == 1 ? "is" : "are") not put right.")
    }
    if changes.unwaived > 0 { notes.append(" \(grouped(changes.unwaived)) no longer waived.") }
    if let passing = standing?.passing, passing > 0 {
      notes.append(
        " \(grouped(passing)) more came up and \(passing == 1 ? "was" : "were") put right.")
    }
    if let week = standing?.week { notes.append(words(of: week)) }
    if report.news?.hasOtherRules == true {
      notes.append(
        " The rules have changed since: what is new or put right may be so for that alone.")
    }
    return notes.joined()
  }

  private func words(of week: TeamStanding.WeekCounts) -> String {
    var words =
      " In the last seven days: \(grouped(week.opened)) new, \(grouped(week.worse)) worse, \(grouped(week.reopened)) reopened, \(grouped(week.resolved)) put right"
    if week.lapsed > 0 { words += ", \(grouped(week.lapsed)) \(noLongerLookedAt)" }
    if week.movedIn > 0 { words += ", \(grouped(week.movedIn)) from another team" }
    if week.movedOut > 0 { words += ", \(grouped(week.movedOut)) to another team" }
    // The ledger keeps no figures without what is waived.
    if report.waivers?.all.isEmpty == false {
      words += "; new, reopened and put right count what is waived as well"
    }
    return words + "."
  }

  private func tiles(_ items: [DriftItem]) -> [PageContext] {
    func count(_ section: DriftItem.Section) -> Int { items.count { $0.section == section } }
    func note(_ section: DriftItem.Section) -> String {
      // What is waived is nobody's to do, and so neither new nor worse.
      guard report.news?.previous != nil, section != .waived else { return "" }
      let own = items.filter { $0.section == section }
      let parts = TeamChanges.news.compactMap { change -> String? in
        let count = own.count { $0.exception?.change == change }
        return count > 0 ? "\(grouped(count)) \(change.rawValue)" : nil
      }
      return parts.joined(separator: ", ")
    }
    let isCompared = report.news?.previous != nil
    let corrections = [PageFrame.tile("To correct", team.exceptions[.correction])]
    return corrections
      + DriftItem.Section.allCases.filter { section in
        // What only a ledger knows has no tile without a ledger.
        isCompared || count(section) > 0 || ![.notJudged, .resolved].contains(section)
      }.map { PageFrame.tile($0.title(isCompared: isCompared), count($0), note($0)) }
  }

  private func ageing(_ items: [DriftItem]) -> [PageContext] {
    let counts = AgeBand.allCases.map { band in (band, items.count { $0.band == band }) }
    let most = max(counts.map(\.1).max() ?? 0, 1)
    return counts.map { band, count in
      [
        "band": band.rawValue, "label": band.label, "count": grouped(count),
        "width": String(count * 100 / most),
      ]
    }
  }

  private func workers(_ items: [DriftItem]) -> [PageContext] {
    Workers(items).inOrder.map { worker in
      let oldest = worker.worst.age
      return [
        "worker": pageText(worker.name.isEmpty ? "(no worker)" : worker.name),
        "overdue": grouped(worker.items.count { $0.section == .overdue }),
        "failed": grouped(worker.items.count { $0.section == .failed }),
        "dueSoon": grouped(worker.items.count { $0.section == .dueSoon }),
        "notJudged": grouped(worker.items.count { $0.section == .notJudged }),
        "oldest": oldest > 0 ? days(oldest) : "",
      ]
    }
  }

  private func ruleNumbers(_ items: some Sequence<DriftItem>) -> [String: Int] {
    let names = Set(items.map(\.key.rule)).inByteOrder()
    return Dictionary(
      uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset + 1) })
  }

  private func row(_ item: DriftItem, _ numbers: [String: Int]) -> PageContext {
    let exception = item.exception
    let entry = item.entry
    let due = exception?.dueOn ?? entry?.dueOn?.description ?? ""
    let done = exception?.doneOn ?? entry?.doneOn?.description ?? ""
    let since = (exception?.openedOn ?? entry?.openedOn)?.description ?? ""
    let change = report.news?.previous != nil ? exception?.change : nil
    let news = item.section == .waived ? nil : change
    let days = item.daysLeft ?? exception?.daysLate
    let agreed = agreed(item)
    // What is only due soon is neither an error nor a warning yet.
    let severity = item.section == .dueSoon ? nil : exception?.severity
    let late = late(item)
    return [
      "worker": pageText(item.worker.isEmpty ? "(no worker)" : item.worker),
      "person": pageText(item.personID), "record": pageText(item.key.record),
      "table": pageText(frame.title(ofTable: item.key.table)), "rule": pageText(item.key.rule),
      "ruleNumber": numbers[item.key.rule] ?? 0,
      "occasion": item.key.occasion > 0 ? String(item.key.occasion) : "",
      "hasOccasion": item.key.occasion > 0, "isDone": !done.isEmpty,
      "title": pageText(headline(of: item)), "hasSeverity": severity != nil,
      "severity": severity?.rawValue ?? "",
      "due": PageDates.short(due), "dueISO": due, "done": PageDates.short(done), "doneISO": done,
      "days": days.map(String.init) ?? "", "daysLabel": daysLabel(item),
      "change": change?.rawValue ?? entry?.end?.rawValue ?? entry?.doubt?.rawValue ?? "",
      "isNew": news == .new || news == .reopened, "isWorse": news == .worse,
      "isNews": news.map { TeamChanges.news.contains($0) } ?? false,
      "message": pageText(exception?.message ?? entry?.doubt?.message ?? ""),
      "fix": pageText(late.isEmpty ? exception?.fix ?? "" : late),
      "isLate": !late.isEmpty, "late": pageText(late),
      "isWaived": !agreed.isEmpty, "agreed": pageText(agreed),
      "since": PageDates.short(since), "sinceISO": since,
      "runs": exception?.runsOpen.map(String.init) ?? "",
    ]
  }

  private func agreed(_ item: DriftItem) -> String {
    item.exception.flatMap { drift.waivers.words(of: $0, PageDates.long) } ?? ""
  }

  /// What there is to do about what was done late; empty for anything else, and what is waived.
  private func late(_ item: DriftItem) -> String {
    guard item.section == .late else { return "" }
    return item.exception?.lateAdvice(PageDates.long) ?? ""
  }

  private func daysLabel(_ item: DriftItem) -> String {
    if let left = item.daysLeft {
      return left == 0 ? "due today" : days(left, "left")
    }
    // What was due at an hour may be late on the day itself.
    return item.exception?.daysLate.map { $0 > 0 ? days($0, "late") : "late" } ?? ""
  }

  /// What a row begins with: the title of its rule, which says how things should be.
  ///
  /// Of a check that does not hold it says the opposite of what is so, and must not stand alone.
  private func headline(of item: DriftItem) -> String {
    let title = report.rule(named: item.key.rule)?.title ?? item.key.rule
    return item.exception?.status == .failed ? "Not met: " + title : title
  }

  private func rules(_ numbers: [String: Int]) -> [PageContext] {
    numbers.sorted { $0.value < $1.value }.map { name, number in
      let rule = report.rule(named: name)
      return [
        "ruleNumber": number, "rule": pageText(name), "title": pageText(rule?.title ?? name),
        "asks": pageText(rule?.asks ?? ""), "why": pageText(rule?.why ?? ""),
        "source": pageText(rule?.source ?? ""), "fix": pageText(rule?.fix ?? ""),
        "hasWhy": rule?.why.isEmpty == false, "hasSource": rule?.source.isEmpty == false,
        "hasFix": rule?.fix.isEmpty == false,
      ]
    }
  }
}
