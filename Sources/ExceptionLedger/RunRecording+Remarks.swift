import Diagnostics
import Exceptions
import GRDB
import WorkingTime

/// What a person should look at before believing what has been put right.
extension RunRecording {
  /// Rules that are not in force, or not as before, and keys that are written in another way.
  func remarks(
    _ recorder: RunRecorder, _ withdrawn: Set<String>, _ rulesBefore: Int32?
  ) -> [String] {
    let ended = withdrawn.union(recorder.ended.map(\.key.rule))
    let idle = report.removedRules.subtracting(ended).sorted().map { rule in
      "No exception of \(rule) was open, so that --accept-removed \(rule) has ended none. Look at the rule's name."
    }
    let told = idle + (rulesBefore.map { [Self.otherRules(since: $0)] } ?? [])
    let renumbered = recorder.renumbered.sorted { byteOrder($0.key, $1.key) < 0 }
      .map { Self.renumbered($0.key, $0.value.count) }
    let referredTo = recorder.referredTo.sorted { byteOrder($0.key, $1.key) < 0 }
      .map { Self.referredTo($0.key, $0.value.count) }
    return told + listingNothing(recorder.unsettled) + renumbered + referredTo
      + goneAtOnce(recorder.ended)
  }

  /// Rules that list nothing any more, and whose exceptions no run can show to be in order or not.
  private func listingNothing(_ unsettled: [Spell]) -> [String] {
    let rules = Set(report.rules.lazy.filter { $0.list == .none }.map(\.name))
    if rules.isEmpty { return [] }
    let held = unsettled.filter { spell in
      spell.sighting.state == .notJudged && rules.contains(spell.key.rule)
    }
    return Dictionary(grouping: held, by: \.key.rule).mapValues(\.count)
      .sorted { byteOrder($0.key, $1.key) < 0 }
      .map { rule, count in
        let what =
          count == 1
          ? "1 exception that it had open is not shown to be in order, and stays"
          : "\(count) exceptions that it had open are not shown to be in order, and stay"
        return
          "\(rule): the rule lists nothing any more; \(what) open, not judged. If nobody has to put \(count == 1 ? "it" : "them") right any more, run once with --accept-removed \(rule)."
      }
  }

  /// Tables of which several overdue records have gone in this run, and count as put right.
  private func goneAtOnce(_ ended: [Spell]) -> [String] {
    let gone = ended.filter { $0.sighting.state == .gone && $0.sighting.status == .overdue }
    let records = Dictionary(grouping: gone, by: \.key.table).mapValues {
      Set($0.map(\.key.record)).count
    }
    return records.filter { $0.value >= Self.manyGone }
      .sorted { byteOrder($0.key, $1.key) < 0 }
      .map {
        "\($0.key): \($0.value) records with overdue exceptions are not there any more, and count as put right. Look whether somebody has deleted them, or joined them with others, or whether the export has left them out."
      }
  }

  /// So many records of a table that were overdue are seldom deleted between two runs.
  ///
  /// One is a record that was entered twice, and a few are those of a child whose two case files
  /// were made one. Where it is more, an export that leaves records out is as likely: somebody has
  /// set a filter, or a status by which it selects is called otherwise.
  private static let manyGone = 5

  /// Tables of which nothing was lost, and nothing else was there to accept.
  ///
  /// Left in a crontab, such an option would accept the next loss before anybody has seen it.
  func idleAcceptances(
    besides accepted: Set<String>, _ gone: [GoneTogether: Int]
  ) -> [String] {
    var needed = accepted.union(report.tablesWithAcceptedLosses)
    // What is shown for the first time is accepted by the next run.
    for case .rule(_, let table) in gone.keys { needed.insert(table) }
    for case .others(_, let table) in gone.keys { needed.insert(table) }
    return report.acceptedTables.subtracting(needed).inByteOrder().map { table in
      "--accept-shrink \(table) had nothing to accept. Leave the option out, or it accepts the next loss of the table before anybody has looked at it."
    }
  }

  /// What is said of exceptions that are no longer looked at, since all of a kind have gone.
  func words(of gone: GoneTogether, count: Int) throws -> String {
    switch gone {
    case .team(let team, let tables):
      let what =
        count == 1
        ? "the exception that it had open there is"
        : "the \(count) exceptions that it had open there are"
      return
        "\(withBlanksShown(try names[team])): no record of this team in \(tables.joined(separator: ", ")) is judged any more, and \(what) no longer looked at. Look whether the extracts still take the team in."
    case .records(let table, let areSome):
      let which = areSome ? " and could be looked for" : ""
      return
        "\(table): no record that had an open exception\(which) (\(count)) is in the extract any more. Look whether it is the right one, and whether its keys are written as before."
    case .children(let tables):
      let what =
        count == 1
        ? "the exception whose record has gone as well is"
        : "the \(count) exceptions whose records have gone as well are"
      return
        "\(tables.joined(separator: ", ")): no child that had an open exception is in the extracts any more, and \(what) no longer looked at. Look whether the children and their records have been given other numbers."
    case .overdue(let children, let teams):
      let (what, they) =
        count == 1
        ? ("1 duty that was overdue counts", "it was")
        : ("\(count) duties that were overdue count", "they were")
      let whose =
        children > 1 ? "their \(children) children are" : "\(count == 1 ? "its" : "their") child is"
      let had = try teams.map { withBlanksShown(try names[$0]) }.inByteOrder()
      return
        "\(together(had)): \(what) as put right only because \(whose) in no extract any more. Look whether the case is closed or another council's, or its file locked: nothing shows that \(they) done."
    case .values(let table, let column):
      let what =
        count == 1
        ? "the exception that hangs on it stays"
        : "the \(count) exceptions that hang on it stay"
      return
        "\(column): no row holds anything any more, and \(what) open, not judged. Look whether that is right; if it is, run once with --accept-shrink \(table)."
    case .rule(let rule, let table):
      let what =
        count == 1
        ? "the exception that it had open stays" : "the \(count) exceptions that it had open stay"
      return
        "\(rule): it asks nothing of any record of \(table) any more, and asked of many before; \(what) open, not judged. Look whether \(cause(of: rule)); if all is right, run once with --accept-shrink \(table). \(toSwitchOff(rule))"
    case .others(let rule, let table):
      let what =
        count == 1
        ? "the record of 1 exception that it had open then, which stays"
        : "the records of \(count) exceptions that it had open then, which stay"
      return
        "\(rule): in an earlier run it asked nothing of any record of \(table), and it still asks nothing of \(what) open, not judged. Look whether \(cause(of: rule)); if all is right, run once with --accept-shrink \(table). \(toSwitchOff(rule))"
    case .leftOut(let rule, let open):
      return
        "\(rule): \(count) of the \(open) exceptions that it had open are put right because it asks nothing of their records any more. If nobody has closed or corrected so many, look whether \(cause(of: rule))."
    case .moved(let group):
      return
        "\(withBlanksShown(try names[group.team])): \(count) exceptions of records of \(group.table) that are gone with their children are listed again of others, due on the same days; they count as new there, and nothing has been put right. Look whether the team's children and records have been given other numbers."
    case .alike(let asked):
      return
        "\(asked.rule): \(count) exceptions have ended because their records of \(asked.table) are gone, and the children with them; as many or more are listed of other records since. Nothing may have been put right. Look whether the children and their records have been given other numbers."
    case .groups(let rule):
      return
        "\(rule): no group that had an open exception (\(count)) is there any more. Look whether they are called as before."
    }
  }

  /// What is said of a team that has gone without having an open exception.
  static func words(ofVanished team: TeamName) -> String {
    "\(team.inWords): nothing of this team is judged any more, and much was when the same rules were last asked. Look whether the extracts still take the team in."
  }

  /// What is said of a rule that asks nothing of any record any more, and had nothing open.
  func words(ofSilent rule: String) -> String {
    "\(rule): it asks nothing of any record any more, and asked of many in the last run that had it. Look whether \(cause(of: rule))."
  }

  /// How to end what a rule has open that nobody is to go by any more, and nothing else of its table.
  private func toSwitchOff(_ rule: String) -> String {
    "If nobody is to go by the rule any more, give it `list: none` and run once with --accept-removed \(rule)."
  }

  /// What may be wrong where a rule asks nothing of records that it asked something of before.
  private func cause(of rule: String) -> String {
    guard let rule = report.rule(named: rule), !rule.hasCondition else {
      return
        "a code that its `when` compares is written in another way, with other capitals or a blank"
    }
    return rule.judgedNothing.isEmpty
      ? "the days that it goes by are right" : "it is right that \(rule.judgedNothing)"
  }

  /// What is said of a team that has left some tables without having an open exception there.
  static func words(ofTeam team: TeamName, leaving tables: [String]) -> String {
    "\(team.inWords): no record of this team is in \(tables.joined(separator: ", ")) any more, and many were in the last run that had them. What its children are owed by them is not asked. Look whether the extracts still take the team in."
  }

  private static func renumbered(_ table: String, _ count: Int) -> String {
    let are =
      count == 1
      ? "a record with an open exception is not there, and one is whose key differs only in how it is written, such as the zeros before a number"
      : "\(count) records with open exceptions are not there, and others are whose keys differ only in how they are written, such as the zeros before a number"
    return
      "\(table): \(are): a program such as Excel may have taken them away. The exceptions stay open. Export again with the keys as text; where they are right as they are now, run once more with --accept-shrink \(table)."
  }

  private static func referredTo(_ table: String, _ count: Int) -> String {
    let are =
      count == 1
      ? "a record with an overdue exception is not there any more, while records of other tables still refer to it: its exceptions stay"
      : "\(count) records with overdue exceptions are not there any more, while records of other tables still refer to them: their exceptions stay"
    return
      "\(table): \(are) open. Look whether the export has left \(count == 1 ? "it" : "them") out; if \(count == 1 ? "it is" : "they are") gone for good, run once with --accept-shrink \(table)."
  }

  /// The last run whose rules, packs or parameters differ from those of this one, nil for none.
  ///
  /// The search goes back to the last trusted run: what a change of rules puts right waits for such
  /// a run.
  func lastRunWithOtherRules() throws -> Int32? {
    let runs = try Row.fetchCursor(
      db,
      sql: """
        SELECT day, trusted, digest, packs, parameters FROM run WHERE day < ? ORDER BY day DESC
        """, arguments: [day])
    while let run = try runs.next() {
      if try !areRules(run.value(2), packs: run.value(3), parameters: run.value(4)) {
        return try run.day(0)
      }
      if try run.value(1) as Bool { return nil }
    }
    return nil
  }

  private static func otherRules(since day: Int32) -> String {
    let day = CalendarDate(dayNumber: day)
    return
      "The rules, or their parameters, are not those of the run as of \(day): what is new or put right may be so for that alone."
  }
}
