import Exceptions
import Expressions
import Extracts
import Rulebooks
import Values

/// Records that refer to records of another table which are in no extract any more.
///
/// What a case system deletes takes with it what hangs on it. While other records still refer to a
/// record that is gone, the export may well have left it out.
struct ReferringRecords {
  private typealias Record = RunEvidence.Record

  private var referredTo: Set<Record> = []

  /// Looks among the references that lead nowhere for those to records of some keys.
  init(to keys: some Sequence<ExceptionKey>, in context: EvaluationContext) {
    // A record without a key is nothing that can be referred to, and a limit's group is no record.
    let keyed = keys.filter { $0.group == nil && !$0.record.hasPrefix("unkeyed:") }
    if keyed.isEmpty { return }
    let wanted = Dictionary(grouping: keyed.map { Record($0) }, by: \.table).mapValues(Set.init)
    let tables = context.dataset.tables
    for (number, relation) in context.rulebook.schema.relations.enumerated()
    where relation.child != relation.parent {
      let parent = tables[relation.parent].definition
      guard let records = wanted[parent.name], let fields = Self.fields(of: relation, to: parent)
      else { continue }
      // A reference may be written otherwise than the key was: without its zeros, say.
      let key = parent.primaryKey.map { parent.fields[$0] }
      var byValue: [BareKey: [Record]] = [:]
      for record in records {
        guard let bare = BareKey(record.record.string, of: key) else { continue }
        byValue[bare, default: []].append(record)
      }
      let child = tables[relation.child]
      let parents = context.relations[number].parents
      for row in parents.indices where parents[row] == RelationIndex.dangling {
        let reference = fields.map {
          child.columns[$0]?.text(at: row, in: context.dataset.pool) ?? ""
        }.joined(separator: "|")
        let record = Record(table: parent.name, record: Text(reference))
        if records.contains(record) { referredTo.insert(record) }
        referredTo.formUnion(BareKey(reference, of: key).flatMap { byValue[$0] } ?? [])
      }
    }
  }

  /// The referring fields in the order of the key's; nil where it is not the key that is referred
  /// to.
  private static func fields(
    of relation: RelationSchema, to parent: TableDefinition
  ) -> [Int]? {
    let places = parent.primaryKey.compactMap { relation.parentFields.firstIndex(of: $0) }
    guard !places.isEmpty, places.count == parent.primaryKey.count,
      places.count == relation.childFields.count
    else { return nil }
    return places.map { relation.childFields[$0] }
  }

  /// Whether a record of another table refers to the record of a key.
  func areThere(to key: ExceptionKey) -> Bool { referredTo.contains(Record(key)) }
}
