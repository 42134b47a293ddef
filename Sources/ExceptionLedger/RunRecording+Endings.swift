import Exceptions
import GRDB

/// What looks put right and is not: ends that the evidence of a single record does not show.
extension RunRecording {
  /// Ends exceptions whose record has its key written in another way now and is listed under that
  /// key.
  ///
  /// What was open under that key before belongs to another record.
  func endUnderOtherNames(
    _ spells: [Spell], _ states: inout [Settled], _ seen: [RunRecorder.Seen],
    _ histories: [RunRecorder.History]
  ) throws {
    let renamed = spells.indices.filter { states[$0].otherName != nil }
    if renamed.isEmpty { return }
    let opened = Dictionary(
      zip(seen, histories).map { ($0.key, $1.openedDay) }, uniquingKeysWith: max)
    for place in renamed {
      var key = spells[place].key
      key.record = states[place].otherName ?? key.record
      guard let since = opened[key] else { continue }
      if since >= (try unlisted(spells[place]).lowerBound) { states[place].state = .lapsed }
    }
  }

  /// Ends what has been away since a run in which somebody accepted what its table had lost.
  ///
  /// That run could not always tell that its record is gone: its rule was not evaluated, another
  /// table was not whole, or a line could not be read. A later one that can does not make it put
  /// right.
  func endWithAcceptedLosses(_ spells: [Spell], _ states: inout [Settled]) throws {
    let away = spells.indices.filter {
      states[$0].state.isOfGone && spells[$0].sighting.state.isUnsettled
    }
    if away.isEmpty { return }
    var accepted: [String: Int32] = [:]
    let rows = try Row.fetchCursor(
      db, sql: "SELECT name, max(day) FROM table_run WHERE accepted = 1 AND day < ? GROUP BY name",
      arguments: [day])
    while let row = try rows.next() { accepted[try row.value(0)] = try row.day(1) }
    for place in away {
      guard let last = accepted[spells[place].key.table] else { continue }
      if try unlisted(spells[place]).lowerBound <= last { states[place].state = .lapsed }
    }
  }

  /// Ends what looks put right, and may do so only because somebody has accepted a loss of what its
  /// rule looks through: what a rule asks because of a referral it asks no more without that.
  func endWithLossesOfOthers(_ states: inout [Settled]) {
    for place in states.indices
    where states[place].restsOnLoss && states[place].state.end?.isPutRight ?? false {
      states[place].state = .lapsed
    }
  }

  /// What had exceptions and has gone all at once is hardly all put right.
  ///
  /// Keys may be written in another way, or an export may leave a team out. This is asked of the
  /// records of each table, of those of each team in it, and of the groups of each limit.
  ///
  /// - Returns: what has gone at once, with the number of exceptions.
  func endTogether(
    _ spells: [Spell], _ states: inout [Settled], _ histories: [RunRecorder.History]
  ) throws -> [GoneTogether: Int] {
    // What could not be looked for says nothing, and a record without a key nothing of keys.
    let asked = spells.indices.filter {
      spells[$0].isOfRecord && states[$0].state != .notEvaluated
        && spells[$0].recordNames != nil
    }
    // Few runs ask for them, as seldom all of a table is gone.
    lazy var since = listedSince(histories)
    // What was listed beside them, before any of them was no longer, goes on.
    func goesOn(_ since: Int32?, beside places: [Int]) throws -> Bool {
      guard let since else { return false }
      return try places.contains { since < (try unlisted(spells[$0]).lowerBound) }
    }
    var gone: [GoneTogether: Int] = [:]
    for (team, places) in teamsGone(spells, states, besides: limits) {
      let lapsing = places.filter { states[$0].hasGone }
      for place in lapsing { states[place].state = .lapsed }
      if !lapsing.isEmpty { gone[team] = lapsing.count }
    }
    let ofRecords = asked.filter { !limits.contains(spells[$0].key.rule) }
    for (table, places) in Dictionary(grouping: ofRecords, by: { spells[$0].key.table })
    where areSeveral(places, spells) && places.allSatisfy({ states[$0].isGone }) {
      if try goesOn(since.ofRecords[table], beside: places) { continue }
      for place in places where states[place].state == .gone { states[place].state = .lapsed }
      // A record without a key is known by all that is in it, and may go on.
      let goOn = zip(report.exceptions, histories).contains { exception, history in
        areSameBytes(exception.table, table) && !exception.contents.isEmpty
          && exception.rule != ConstraintEnding.row.name(of: table) && history.openedDay < day
      }
      let areSome =
        goOn
        || spells.indices.contains {
          areSameBytes(spells[$0].key.table, table) && spells[$0].isOfRecord
            && (spells[$0].recordNames == nil || states[$0].state == .notEvaluated)
        }
      gone[.records(table: table, areSome: areSome)] = places.count
    }
    let ofGroups = asked.filter { spells[$0].key.group != nil }
    for (rule, places) in Dictionary(grouping: ofGroups, by: { spells[$0].key.rule })
    where areSeveral(places, spells) && places.allSatisfy({ states[$0].hasGone }) {
      if try goesOn(since.ofGroups[rule], beside: places) { continue }
      for place in places { states[place].state = .lapsed }
      gone[.groups(rule: rule)] = places.count
    }
    return gone
  }

  /// The earliest days on which what is listed of records with keys was opened: of those of each
  /// table, and of the groups of each rule.
  private func listedSince(
    _ histories: [RunRecorder.History]
  ) -> (ofRecords: [String: Int32], ofGroups: [String: Int32]) {
    var since: (ofRecords: [String: Int32], ofGroups: [String: Int32]) = ([:], [:])
    func note(_ day: Int32, _ name: String, in days: inout [String: Int32]) {
      days[name] = min(days[name] ?? .max, day)
    }
    for (exception, history) in zip(report.exceptions, histories)
    where exception.contents.isEmpty {
      let rule = exception.rule
      if !limits.contains(rule) { note(history.openedDay, exception.table, in: &since.ofRecords) }
      if exception.isOfGroup { note(history.openedDay, rule, in: &since.ofGroups) }
    }
    return since
  }

  /// The places of the exceptions whose records have gone from tables in which nothing of their
  /// team is judged any more, by team.
  private func teamsGone(
    _ spells: [Spell], _ states: [Settled], besides limits: Set<String>
  ) -> [GoneTogether: [Int]] {
    let teamless = names.known(TeamName.none.shown)
    let gone = spells.indices.filter {
      states[$0].isGone && spells[$0].isOfRecord
        && spells[$0].sighting.team != teamless
        && !limits.contains(spells[$0].key.rule)
    }
    if gone.isEmpty { return [:] }
    let teams = report.teamsOfTables.mapValues { Set($0.compactMap { names.known($0.shown) }) }
    let withTheirTeam = gone.filter { place in
      // Where nobody's rows are judged, nothing is known of teams.
      guard let judged = teams[spells[place].key.table], !judged.isEmpty else { return false }
      return !judged.contains(spells[place].sighting.team)
    }
    let byTeam = Dictionary(grouping: withTheirTeam, by: { spells[$0].sighting.team })
      .filter { areSeveral($0.value, spells) }
    return Dictionary(
      uniqueKeysWithValues: byTeam.map { team, places in
        let tables = Set(places.map { spells[$0].key.table }).inByteOrder()
        return (GoneTogether.team(team, tables: tables), places)
      })
  }

  /// Whether exceptions are of more than one record, which may well go by itself.
  func areSeveral(_ places: [Int], _ spells: [Spell]) -> Bool {
    guard let first = places.first.map({ spells[$0].key }) else { return false }
    return places.contains {
      !areSameBytes(spells[$0].key.record, first.record)
        || !areSameBytes(spells[$0].key.table, first.table)
    }
  }

  /// Ends what goes on under other keys, of children with other numbers.
  ///
  /// - Returns: what has moved, and what may have, with the number of exceptions.
  func endEnteredTogether(
    _ spells: [Spell], _ states: inout [Settled], _ seen: [RunRecorder.Seen],
    _ histories: [RunRecorder.History]
  ) throws -> [GoneTogether: Int] {
    let together = try EnteredTogether(seen, histories, besides: Array(zip(spells, states))) {
      try unlisted($0).lowerBound
    }
    for place in spells.indices where together.has(spells[place]) {
      states[place].state = .lapsed
    }
    var gone: [GoneTogether: Int] = [:]
    for (group, count) in together.moved { gone[.moved(group)] = count }
    for (asked, count) in together.alike { gone[.alike(asked)] = count }
    return gone
  }

  /// What a rule listed is put right neither by another extract of last period's in the place of the
  /// one that it was listed by, nor by other rules or parameters where every extract that the rule
  /// reads is what it was.
  func endWithoutCorrection(_ spells: [Spell], _ states: inout [Settled]) throws {
    var extracts = ExtractsThen(db, report)
    var otherRules: [Int32: Bool] = [:]
    for (place, spell) in spells.enumerated() where states[place].state.end?.isPutRight ?? false {
      guard let rule = report.rule(named: spell.key.rule), let listedOn = try lastListed(spell)
      else { continue }
      let areOthers = try otherRules[listedOn] ?? hadOtherRules(on: listedOn)
      otherRules[listedOn] = areOthers
      if try extracts.isOfOtherPeriod(rule, than: listedOn)
        || areOthers && extracts.areUnchanged(for: rule, since: listedOn)
      {
        states[place].state = .lapsed
      }
    }
  }

  private func hadOtherRules(on day: Int32) throws -> Bool {
    let run = try Row.fetchOne(
      db, sql: "SELECT digest, packs, parameters FROM run WHERE day = ?", arguments: [day])
    guard let run else { return false }
    return try !areRules(run.value(0), packs: run.value(1), parameters: run.value(2))
  }

  /// What a rule listed is not put right because a column that it looks for in anybody's records
  /// holds nothing any more.
  ///
  /// - Returns: how many exceptions stay open for that, by column.
  func keepWithTheirColumns(
    _ spells: [Spell], _ states: inout [Settled]
  ) throws -> [GoneTogether: Int] {
    var columns = EmptiedColumns(db, report)
    var kept: [GoneTogether: Int] = [:]
    for (place, spell) in spells.enumerated()
    where [.corrected, .leftOut].contains(states[place].state) {
      guard let listedOn = try lastListed(spell),
        let emptied = try columns.emptied(readBy: spell.key.rule, since: listedOn)
      else { continue }
      if report.acceptedTables.contains(emptied.table) {
        states[place].state = .lapsed
        states[place].isAccepted = true
      } else {
        states[place].state = .notJudged
        kept[.values(table: emptied.table, column: emptied.column), default: 0] += 1
      }
    }
    return kept
  }

  /// Whether these are the rules, packs and parameters of this run.
  func areRules(_ digest: String, packs: String, parameters: String) -> Bool {
    (digest, packs, parameters) == (report.rulesDigest, packsInWords, parametersInWords)
  }

  /// The last run that listed an open exception.
  func lastListed(_ spell: Spell) throws -> Int32? {
    let first = try unlisted(spell).lowerBound
    return earlierDays.last { $0 < first }
  }

  /// The runs from the first that did not list an exception to the first that found it in order, in
  /// doubt.
  ///
  /// The latter is this run where no earlier one has, and the last in which the doubt began anew.
  func unlisted(_ spell: Spell) throws -> ClosedRange<Int32> {
    guard spell.sighting.state.isUnsettled else { return day...day }
    let first = try spell.firstUnlisted(db, by: day)
    let last =
      try Int32.fetchOne(
        db,
        sql: """
          SELECT coalesce(max(iif(state = \(SpellState.inDoubtAnew.rawValue), from_day, NULL)), min(from_day))
          FROM spell
          WHERE exception = ?1 AND opened_day = ?2 AND from_day >= ?3
            AND state IN (\(SpellState.inDoubt.rawValue), \(SpellState.inDoubtAnew.rawValue))
          """, arguments: [spell.exception, spell.openedDay, first]) ?? day
    return first...max(first, last)
  }
}

/// What has gone at once, so that it is not taken for put right.
enum GoneTogether: Hashable {
  /// All records of a team in some tables.
  case team(Int64, tables: [String])
  /// All records of a table that had exceptions, or all that could be looked for.
  case records(table: String, areSome: Bool)
  /// All children that had exceptions, with records in these tables that had not gone otherwise.
  case children(tables: [String])
  /// So many children of these teams who had something overdue.
  case overdue(children: Int, teams: [Int64])
  /// All values of a column that a rule looks for in anybody's records.
  case values(table: String, column: String)
  /// All records that a rule asked about, though they are there.
  case rule(String, table: String)
  /// Such records, of a rule that asks something of others again.
  case others(String, table: String)
  /// At least half of what a rule had open, of so many, though it asks something of other records.
  case leftOut(rule: String, of: Int)
  /// Records of a team that stand in a table under other keys now.
  case moved(EnteredTogether.Group)
  /// Records with exceptions of a rule that has listed as many of other records since.
  case alike(EnteredTogether.Asked)
  /// All groups of a limit that had exceptions.
  case groups(rule: String)
}
