import Exceptions

/// Children who had exceptions, and have all gone at once.
extension RunRecording {
  /// What has gone with every child that had an open exception is hardly put right.
  ///
  /// Another case system gives children and records other numbers. Where a table had a single record
  /// with an exception, its children alone show that. Brothers and sisters may well leave by
  /// themselves, with records in several tables: only under other numbers most comes up anew.
  ///
  /// - Returns: the tables of what has ended for that, with the number of exceptions.
  func endWithAllChildren(
    _ spells: [Spell], _ states: inout [Settled], _ histories: [RunRecorder.History]
  ) throws -> [GoneTogether: Int] {
    func isOfRecord(_ spell: Spell) -> Bool {
      spell.isOfRecord && !limits.contains(spell.key.rule)
    }
    // What could not be looked for says nothing of its child.
    let asked = spells.indices.filter {
      isOfRecord(spells[$0]) && !spells[$0].person.isEmpty
        && states[$0].state != .notEvaluated && states[$0].state != .withdrawn
    }
    let children = Set(asked.filter { states[$0].isChildGone }.map { spells[$0].person })
    guard children.count > 1, areSeveral(asked, spells),
      asked.allSatisfy({ children.contains(spells[$0].person) })
    else { return [:] }
    let anew = zip(report.exceptions, histories).count {
      $1.openedDay == day && !$0.personID.isEmpty
    }
    if anew * 2 < asked.count { return [:] }
    let since = openedSince(histories)
    // What was listed beside it, before it was no longer, goes on.
    func goesOn(_ since: Int32?, beside place: Int) throws -> Bool {
      guard let since else { return false }
      return try since < unlisted(spells[place]).lowerBound
    }
    if try asked.contains(where: { try goesOn(since.ofChildren, beside: $0) }) { return [:] }
    var tables: Set<String> = []
    var count = 0
    for (place, spell) in spells.enumerated()
    where states[place].state == .gone && isOfRecord(spell) {
      // A table whose records name no child, such as one of workers, need not have other numbers.
      let isNobodys = spell.person.isEmpty
      if isNobodys, try goesOn(since.ofTables[spell.key.table], beside: place) { continue }
      states[place].state = .lapsed
      tables.insert(spell.key.table)
      count += 1
    }
    return count == 0 ? [:] : [.children(tables: tables.inByteOrder()): count]
  }

  /// What was overdue for a child who is in no extract any more, and has ended for that.
  ///
  /// The case may be closed, or another council's now; or the file is locked, and whoever exports may
  /// not see it.
  ///
  /// - Returns: the teams that had them, with the number of duties.
  func overdueOfChildrenGone(_ spells: [Spell], _ states: [Settled]) -> [GoneTogether: Int] {
    let places = spells.indices.filter {
      states[$0].state == .gone && states[$0].isChildGone
        && spells[$0].sighting.status == .overdue && spells[$0].key.group == nil
        && !spells[$0].person.isEmpty
    }
    if places.isEmpty { return [:] }
    let children = Set(places.map { spells[$0].person })
    let teams = Set(places.map { spells[$0].sighting.team }).sorted()
    return [.overdue(children: children.count, teams: teams): places.count]
  }

  /// The earliest days on which what is listed of records was opened: of those of children, and of
  /// those with keys of each table.
  private func openedSince(
    _ histories: [RunRecorder.History]
  ) -> (ofChildren: Int32?, ofTables: [String: Int32]) {
    var ofChildren: Int32?
    var ofTables: [String: Int32] = [:]
    for (exception, history) in zip(report.exceptions, histories)
    where !limits.contains(exception.rule) {
      let day = history.openedDay
      if !exception.personID.isEmpty { ofChildren = min(ofChildren ?? day, day) }
      if exception.contents.isEmpty {
        ofTables[exception.table] = min(ofTables[exception.table] ?? day, day)
      }
    }
    return (ofChildren, ofTables)
  }
}
