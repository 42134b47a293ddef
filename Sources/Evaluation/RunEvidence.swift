import Exceptions
import Expressions
import Extracts
import Rulebooks
import Threads
import Values
import WorkingTime

/// Looks again at single records whose exceptions earlier runs listed and this run does not.
///
/// A record may be unlisted for many reasons, and only one of them is that it was put right.
struct RunEvidence {
  let run: RunEvaluation

  var context: EvaluationContext { run.context }

  func showings(on exceptions: [UnlistedException]) -> [Showing] {
    guard !exceptions.isEmpty else { return [] }
    let rows = rowsByRecord(of: exceptions.map(\.key))
    let numbers = newNumbers(of: exceptions, rows)
    let renumbered = exceptions.map { exception in
      var exception = exception
      exception.person = numbers[exception.person] ?? exception.person
      return exception
    }
    let names = RecordNames(dataset: context.dataset)
    let evidence = evidence(of: renumbered, rows)
    let gone = Set(zip(renumbered, evidence).lazy.filter { $1.isGone }.map { $0.0.person })
    // Where no table says which children there are, nobody knows who has gone.
    let left =
      gone.isEmpty || !areChildrenListed
      ? [] : gone.subtracting(personsKnown(among: gone, names))
    let referring = ReferringRecords(
      to: zip(exceptions, evidence).lazy.filter { $1.isGone }.map(\.0.key), in: context)
    return zip(evidence, exceptions).map { evidence, exception in
      let others = (rows[Record(exception.key)] ?? []).lazy
        .filter { !names.isOf(exception.person, $0) }.map { names.personID($0) }
      return Showing(
        evidence, person: numbers[exception.person],
        otherPersons: Set(others).subtracting([""]),
        isChildGone: evidence.isGone && left.contains(exception.person),
        isReferredTo: evidence.isGone && rows[Record(exception.key)] == nil
          && referring.areThere(to: exception.key))
    }
  }

  private func evidence(
    of exceptions: [UnlistedException], _ rows: [Record: [RowID]]
  ) -> [Evidence] {
    var evidence = evidence(on: exceptions, rows)
    let names = RecordNames(dataset: context.dataset)
    for place in placesOfOthers(exceptions, evidence, rows) {
      // Where others of its key are listed besides, they were there before: it is its own that is
      // gone.
      evidence[place] = exceptions[place].key.ordinal > 0 ? .gone : .ofAnother
    }
    let mistyped = MistypedKeys(among: exceptions, evidence, in: context) {
      areChildrenListed ? personsKnown(among: $0, names) : $0.subtracting([""])
    }
    for place in evidence.indices where evidence[place] == .gone {
      evidence[place] = mistyped.evidence(on: exceptions[place])
    }
    let outgrown = OutgrownExceptions(run: run) { rows[Record($0)] ?? [] }
    for place in outgrown.places(among: exceptions, evidence) { evidence[place] = .outgrown }
    return evidence
  }

  private func evidence(
    on exceptions: [UnlistedException], _ rows: [Record: [RowID]]
  ) -> [Evidence] {
    let keys = exceptions.map(\.key)
    let renumbered = renumbered(among: Set(keys.map { Record($0) }).subtracting(rows.keys))
    var rules: [String: Int] = [:]
    for (number, rule) in context.rulebook.rules.enumerated() { rules[rule.name] = number }
    var evidence = [Evidence](repeating: .unsettled, count: keys.count)
    for (rule, places) in Dictionary(grouping: keys.indices, by: { keys[$0].rule }) {
      guard let number = rules[rule] else {
        let constraint = ConstraintEvidence(
          rule, context, rows: places.flatMap { rows[Record(keys[$0])] ?? [] })
        for place in places {
          evidence[place] =
            rows[Record(keys[place])].map { constraint.evidence(on: exceptions[place], $0) }
            ?? ofMissing(keys[place], renumbered)
        }
        continue
      }
      let compiled = CompiledRule(context.rulebook.rules[number], compiler: run.compiler)
      let judge = RuleJudge(compiled, in: run, cells: nil)
      if !compiled.isActive, compiled.goesByAsOf {
        for place in places { evidence[place] = .notInForce }
      } else if case .limit = compiled.body {
        let groups = judge.groups()
        let leftOut = places.contains { keys[$0].group != nil } ? judge.groupNames() : []
        let groupNames = Dictionary(
          groups.statuses.keys.compactMap { name in BareKey(name.string).map { ($0, name.string) }
          },
          uniquingKeysWith: { min($0, $1) })
        for place in places {
          guard let group = keys[place].group else {
            evidence[place] =
              rows[Record(keys[place])].map { ofUngrouped($0, groups.blocked) }
              ?? ofMissing(keys[place], renumbered)
            continue
          }
          evidence[place] =
            ofGroup(group, groups)
            ?? (leftOut.contains(Text(group)) ? .leftOut : nil)
            ?? BareKey(group).flatMap { groupNames[$0] }.map { .renumbered(as: $0) }
            ?? ofMissing(keys[place], [:])
        }
      } else {
        let own = context.rulebook.schema.tables[compiled.rule.table].name
        let whole = WholeRule(compiled, run.compiler)
        // While some rows are not judged, it is not known which rows of other tables they would
        // mark. Of a table that the rule cannot mark it asks nothing any more.
        let marked = MarkedTable(compiled.rule)
        let others = places.filter { place in
          keys[place].table != own && marked.map { mayMark(keys[place].table, $0) } ?? false
        }
        let blind = !others.isEmpty && hasUnjudged(compiled) ? Set(others) : []
        for place in places where !blind.contains(place) {
          evidence[place] =
            rows[Record(keys[place])].map { ofRow(exceptions[place], compiled, whole, $0) }
            ?? ofMissing(keys[place], renumbered)
        }
      }
    }
    return evidence
  }

  /// The evidence on a record that is not found.
  ///
  /// If its table has no extract, the record cannot be said to be gone. If the table is no longer
  /// defined, no rule asks about it.
  private func ofMissing(_ key: ExceptionKey, _ renumbered: [Record: String]) -> Evidence {
    guard
      let table = context.dataset.tables.first(where: {
        areSameBytes($0.definition.name, key.table)
      })
    else { return .notInForce }
    if table.files.isEmpty { return .unsettled }
    return renumbered[Record(key)].map { .renumbered(as: $0) } ?? .gone
  }

  /// For records without a row, the first key that is equal when written in another way.
  private func renumbered(among missing: Set<Record>) -> [Record: String] {
    let byTable = Dictionary(grouping: missing, by: \.table)
    let names = RecordNames(dataset: context.dataset)
    var found: [Record: String] = [:]
    for (number, table) in context.dataset.tables.enumerated() {
      let key = table.definition.primaryKey.map { table.definition.fields[$0] }
      guard !key.isEmpty, let records = byTable[table.definition.name] else { continue }
      var wanted: [BareKey: [Record]] = [:]
      for record in records {
        guard let bare = BareKey(record.record.string, of: key) else { continue }
        wanted[bare, default: []].append(record)
      }
      if wanted.isEmpty { continue }
      for row in 0..<Int32(table.rowCount) {
        let name = names.recordID(RowID(table: Int32(number), row: row))
        guard let records = BareKey(name, of: key).flatMap({ wanted[$0] }) else { continue }
        for record in records where found[record] == nil { found[record] = name }
      }
    }
    return found
  }

  /// The evidence on a limit's group; nil if no row of the group is judged.
  private func ofGroup(
    _ group: String, _ groups: (statuses: [Text: Verdict.Status], blocked: Set<Int32>)
  ) -> Evidence? {
    if let status = groups.statuses[Text(group)] {
      return status == .met ? .inOrder : .unsettled
    }
    // A row whose group is not known may belong to any group.
    return groups.blocked.isEmpty ? nil : .unsettled
  }

  /// The evidence on a row that a limit could not group or count.
  private func ofUngrouped(_ rows: [RowID], _ blocked: Set<Int32>) -> Evidence {
    rows.contains { blocked.contains($0.row) } ? .unsettled : .inOrder
  }

  private func mayMark(_ table: String, _ marked: MarkedTable) -> Bool {
    context.dataset.tables.firstIndex { areSameBytes($0.definition.name, table) }
      .map { marked.mayBe($0) } ?? false
  }

  private func hasUnjudged(_ compiled: CompiledRule) -> Bool {
    var frame = Frame(row: nil)
    let count = Int32(context.dataset.tables[compiled.rule.table].rowCount)
    return (0..<count).contains { row in
      var found = false
      compiled.judge(RowID(table: Int32(compiled.rule.table), row: row), &frame) { verdict in
        if verdict.status == .cannotJudge { found = true }
      }
      return found
    }
  }

  private func ofRow(
    _ exception: UnlistedException, _ compiled: CompiledRule, _ whole: WholeRule, _ rows: [RowID]
  ) -> Evidence {
    let key = exception.key
    var (isPutOff, isDone) = (false, false)
    var statuses: [Verdict.Status] = []
    var isBlocked = false
    let marked = MarkedTable(compiled.rule)
    // The rows that the rule would mark are not looked for.
    if marked != nil, compiled.rule.list == .none { return .unsettled }
    var frame = Frame(row: nil)
    for row in rows {
      guard Int(row.table) == compiled.rule.table else {
        // Either failing rows of another table marked it and none of them fails now, or it was
        // listed when the rule belonged to another table, of which it asks nothing any more.
        guard marked?.mayBe(Int(row.table)) ?? false else { return .notInForce }
        statuses.append(.met)
        continue
      }
      compiled.judge(row, &frame) { verdict in
        if verdict.status == .cannotJudge {
          isBlocked = true
        } else if key.occasion == 0 || verdict.occasion == key.occasion {
          statuses.append(verdict.status)
          if let due = verdict.due?.date, let before = exception.due, due > before {
            isPutOff = true
          }
          isDone =
            exception.due != nil && verdict.due?.date == exception.due && verdict.status == .met
            && verdict.done != nil
        }
      }
    }
    if case .repeating(let judge) = compiled.body {
      // One date that became unreadable shifts the occasions that were listed.
      for row in rows where Int(row.table) == compiled.rule.table {
        frame.set(0, .row(row))
        if judge.hasUnreadableEvent(&frame, in: context.dataset.tables) { return .unsettled }
      }
    }
    if isBlocked { return .unsettled }
    let broken = statuses.count(where: \.isBroken)
    // A row may fail and mark other rows, and some of several rows with one key may be in order by
    // now. A row that fails but is listed nowhere shows nothing.
    let marksOwn = marked?.mayBe(compiled.rule.table) ?? false
    if broken > key.ordinal, !marksOwn, !isListedByOccasion(key, compiled) { return .unsettled }
    // If other rows with the key break the rule, that is listed and says nothing about this one.
    let isOfOthers = key.ordinal > 0 && statuses.count == broken
    // The clock of a duty starts later now, since the first records of a table have gone.
    if isPutOff, whole.startsWithTable { return .tooOld }
    if statuses.isEmpty, whole.wouldList(key, rows) || whole.asksByColumn { return .tooOld }
    if statuses.isEmpty { return .leftOut }
    if isOfOthers { return .ofDouble }
    return isDone && rows.count == 1 && whole.waitsForRecords ? .done : .inOrder
  }

  /// Whether a repeating duty that was listed as a whole is now listed by its occasions.
  ///
  /// It was listed without an occasion because it could not be judged.
  private func isListedByOccasion(_ key: ExceptionKey, _ compiled: CompiledRule) -> Bool {
    guard key.occasion == 0, case .repeating = compiled.body else { return false }
    return compiled.rule.list != .none
  }

  struct Record: Hashable {
    let table: String
    let record: Text

    init(_ key: ExceptionKey) {
      table = key.table
      record = Text(key.record)
    }

    init(table: String, record: Text) {
      self.table = table
      self.record = record
    }
  }

  /// The rows of the records asked about, in the order of the tables, found in one pass through
  /// each.
  private func rowsByRecord(of keys: [ExceptionKey]) -> [Record: [RowID]] {
    let tables = context.dataset.tables
    let wanted = Dictionary(grouping: Set(keys.map { Record($0) }), by: \.table)
      .mapValues { Set($0.map(\.record)) }
    let pieces = tables.indices.filter { wanted[tables[$0].definition.name] != nil }
      .flatMap { table in
        RowChunks(rowCount: tables[table].rowCount).ranges.map { (table: table, rows: $0) }
      }
    let names = RecordNames(dataset: context.dataset)
    let found = inParallel(pieces.count, threads: run.threads) { piece -> [(Record, RowID)] in
      let (table, rows) = pieces[piece]
      let name = tables[table].definition.name
      let asked = wanted[name] ?? []
      return rows.compactMap { row in
        let id = RowID(table: Int32(table), row: Int32(row))
        let record = Text(names.lastingName(id))
        return asked.contains(record) ? (Record(table: name, record: record), id) : nil
      }
    }
    return found.joined().reduce(into: [:]) { rows, item in
      rows[item.0, default: []].append(item.1)
    }
  }
}

/// The table whose rows a rule marks.
private struct MarkedTable {
  /// Nil if only the rows themselves show which table it is.
  private let table: Int?

  /// Nil where a rule lists the records that it judges.
  init?(_ rule: Rule) {
    guard case .check(let check) = rule.kind, let marks = check.marks else { return nil }
    switch marks.type {
    case .row(let table), .list(.row(let table)): self.table = table
    default: table = nil
    }
  }

  func mayBe(_ other: Int) -> Bool { table.map { $0 == other } ?? true }
}
