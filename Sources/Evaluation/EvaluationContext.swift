import Expressions
import Extracts
import Rulebooks
import Threads
import Values
import WorkingTime

/// The variables of one evaluation: slot 0 is the row judged.
struct Frame {
  private(set) var slots: [Value]
  /// The rows among the slots; a table of −1 where a slot holds none.
  ///
  /// A row is read from here without counting references, as a copy of any value would.
  private(set) var rows: [RowID]
  /// Values that only messages can use.
  var specials: [String: Value] = [:]
  /// The rows of a limit's group, for aggregates.
  var group: [Int32] = []

  init(row: RowID?) {
    slots = [row.map { .row($0) } ?? .unexplained]
    rows = [row ?? .none]
  }

  mutating func set(_ slot: Int, _ value: Value) {
    while slots.count <= slot {
      slots.append(.unexplained)
      rows.append(.none)
    }
    if case .row(let row) = value { rows[slot] = row } else { rows[slot] = .none }
    slots[slot] = value
  }
}

/// What expressions are compiled against: the rules, the rows, and the as-of date.
///
/// It is put together step by step before any rule runs, and only read after that.
struct EvaluationContext: Sendable {
  /// What is the same for all copies of a context.
  ///
  /// It is shared, because steps, judges and searches each keep a copy, made on several threads.
  private final class Ground: Sendable {
    let rulebook: Rulebook
    let dataset: Dataset
    let asOf: CalendarDate
    let now: Indices
    let earlier: Indices
    let joinRoom: JoinRoom

    init(
      _ rulebook: Rulebook, _ dataset: Dataset, _ asOf: CalendarDate, now: Indices,
      earlier: Indices
    ) {
      self.rulebook = rulebook
      self.dataset = dataset
      self.asOf = asOf
      self.now = now
      self.earlier = earlier
      // An eighth of what a run with a memory bound may take.
      joinRoom = JoinRoom(
        rows: min(1 << 22, (dataset.spill?.limit ?? .max) / 8 / ChildJoins.bytesOfRow))
    }
  }

  /// The indices over one period's tables.
  private struct Indices: Sendable {
    /// Rows by primary key, by table.
    var keys: [KeyIndex?] = []
    /// Foreign keys.
    var relations: [RelationIndex] = []
  }

  private let ground: Ground
  var rulebook: Rulebook { ground.rulebook }
  var dataset: Dataset { ground.dataset }
  var asOf: CalendarDate { ground.asOf }
  /// The day by which ages and windows of time are counted.
  ///
  /// It is the as-of date, except when asking what has ended only because time passed.
  private(set) var agesAsOf: CalendarDate
  /// Foreign keys over this period's rows, then over last period's.
  var relations: [RelationIndex] { ground.now.relations }
  var earlierRelations: [RelationIndex] { ground.earlier.relations }
  /// Rows by primary key: this period's tables, then last period's.
  var keys: [KeyIndex?] { ground.now.keys }
  var earlierKeys: [KeyIndex?] { ground.earlier.keys }
  /// The values of derived columns, by table (this period, then last) and column.
  var derived: [[DerivedValues?]]
  /// The values of the parameters.
  var parameters: [Value]
  /// The memory that indices over the rows referring to one row may take.
  var joinRoom: JoinRoom { ground.joinRoom }
  /// The codes of each list that are valid on the as-of date.
  private(set) var codes: [Set<Text>]

  /// Builds the context; `more` are expressions outside the rulebook that may be evaluated.
  init(
    rulebook: Rulebook, dataset: Dataset, asOf: CalendarDate, threads: Int,
    more: some Sequence<CheckedExpression> = []
  ) {
    agesAsOf = asOf
    codes = rulebook.codeLists.map { $0.values(on: asOf) }
    parameters = []
    let none = rulebook.tables.map { [DerivedValues?](repeating: nil, count: $0.derived.count) }
    derived = none + none
    let lookedUp = Self.tablesLookedUp(in: rulebook, more)
    ground = Ground(
      rulebook, dataset, asOf,
      now: Self.indices(of: dataset.tables, rulebook.schema, dataset, lookedUp, threads),
      earlier: dataset.earlier.map {
        Self.indices(of: $0, rulebook.schema, dataset, lookedUp, threads)
      } ?? Indices())
  }

  private static func tablesLookedUp(
    in rulebook: Rulebook, _ more: some Sequence<CheckedExpression>
  ) -> Set<Int> {
    var tables: Set<Int> = []
    func note(_ expression: CheckedExpression) {
      for case .lookup(let table) in expression.uses { tables.insert(table) }
    }
    rulebook.forEachExpression(note)
    more.forEach(note)
    return tables
  }

  /// An index that depends on no other index, except those that references lead to.
  private enum Work: Sendable {
    case key(table: Int)
    case relation(Int)
  }

  private enum Done: Sendable {
    case key(table: Int, KeyIndex?)
    case relation(RelationIndex)
  }

  /// Builds the indices: first the primary keys, which nearly all references use, then all others
  /// at once.
  private static func indices(
    of tables: [Table], _ schema: Schema, _ dataset: Dataset, _ lookedUp: Set<Int>, _ threads: Int
  ) -> Indices {
    @Sendable func key(_ table: Int, isLookedUp: Bool) -> KeyIndex? {
      let fields = schema.tables[table].primaryKey
      return fields.isEmpty
        ? nil
        : KeyIndex(
          tables[table], fields: fields, isLookedUp: isLookedUp, pool: dataset.pool,
          spill: dataset.spill)
    }
    @Sendable func isToKey(_ relation: RelationSchema) -> Bool {
      relation.parentFields == schema.tables[relation.parent].primaryKey
    }
    let parents = Array(Set(schema.relations.filter(isToKey).map(\.parent)))
    var keys = [KeyIndex?](repeating: nil, count: tables.count)
    for (table, index) in zip(
      parents, inParallel(parents.count, threads: threads) { key(parents[$0], isLookedUp: true) })
    {
      keys[table] = index
    }
    let known = keys
    let work =
      tables.indices.filter { !parents.contains($0) }.map { Work.key(table: $0) }
      + schema.relations.indices.map { Work.relation($0) }
    let done = inParallel(work.count, threads: threads) { number -> Done in
      switch work[number] {
      case .key(let table):
        return .key(table: table, key(table, isLookedUp: lookedUp.contains(table)))
      case .relation(let number):
        let relation = schema.relations[number]
        let parent = tables[relation.parent]
        let index =
          (isToKey(relation) ? known[relation.parent] : nil)
          ?? KeyIndex(
            parent, fields: relation.parentFields, pool: dataset.pool, spill: dataset.spill)
        return .relation(
          RelationIndex(
            relation, child: tables[relation.child], parent: parent, index: index,
            pool: dataset.pool, spill: dataset.spill))
      }
    }
    var relations: [RelationIndex] = []
    for done in done {
      switch done {
      case .key(let table, let index): keys[table] = index
      case .relation(let index): relations.append(index)
      }
    }
    // Once references have been resolved, their indices would take more memory than all else.
    for number in keys.indices where !lookedUp.contains(number) { keys[number]?.forgetPlaces() }
    return Indices(keys: keys, relations: relations)
  }

  /// The same context with ages and windows of time counted as of another day.
  ///
  /// Whatever was worked out by them must be worked out again.
  func countingAges(asOf day: CalendarDate) -> EvaluationContext {
    var context = self
    context.agesAsOf = day
    context.codes = rulebook.codeLists.map { $0.values(on: day) }
    return context
  }

  var tableCount: Int32 { Int32(dataset.tables.count) }

  /// Whether an expression reads a field with a person's name, directly, by a derived column or by a
  /// parameter.
  func readsName(_ node: CheckedExpression.Node) -> Bool {
    var isFound = false
    rulebook.walk(node) { step in
      switch step {
      case .field(_, let table, let field):
        if !rulebook.tables[table].definition.fields[field].isShown { isFound = true }
      default: break
      }
    }
    return isFound
  }
}
