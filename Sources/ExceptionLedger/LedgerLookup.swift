public import Exceptions
import GRDB

/// Looks up what is open.
public struct LedgerLookup: Sendable {
  private let file: LedgerFile

  /// Opens a ledger for reading.
  public init(_ path: String) throws(LedgerFault) { file = try LedgerFile.forReading(path) }

  /// The rules of which some run has had an exception, in the order of their names.
  public func rules() throws(LedgerFault) -> [String] {
    try file.read { db in
      let names = try Names(db)
      return try Int64.fetchAll(db, sql: "SELECT DISTINCT rule FROM exception")
        .map { try names[$0] }.sorted()
    }
  }

  /// The open exceptions of a rule on a record, each with what a waiver of it notes.
  public func open(rule: String, record: String) throws(LedgerFault) -> [(
    entry: LedgerEntry, note: WaiverNote
  )] {
    try file.read { db in
      let names = try Names(db)
      guard let number = names.known(rule) else { return [] }
      // Until a run of this version has told, it is not known which are groups: of any, if the
      // ledger is an earlier version's still.
      let unknown =
        try db.tableExists("perhaps_group")
        ? try Int64.fetchSet(db, sql: "SELECT exception FROM perhaps_group") : nil
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT \(Spell.columns) FROM exception e JOIN spell s ON s.exception = e.id
          WHERE e.record = ? AND e.rule = ? AND s.until_day IS NULL AND s.\(SpellState.open)
          ORDER BY e.table_name, e.occasion, e.ordinal
          """, arguments: [record, number])
      return try rows.map { row in
        let spell = try Spell(row, names: names)
        var note = spell.waiverNote
        if unknown?.contains(spell.exception) ?? true { note.isOfGroup = nil }
        return (try spell.entry(names), note)
      }
    }
  }
}

extension Spell {
  /// What a waiver of it notes.
  var waiverNote: WaiverNote {
    WaiverNote(
      contents: hexDigits(UInt64(bitPattern: sighting.digest), short: false), personID: person,
      isOfGroup: key.group != nil)
  }

  /// Whether a waiver is about it, under its number or under the one that it had when that was agreed.
  func isSpokenOf(by waiver: Waiver) -> Bool {
    let (rule, table, record) = (key.rule, key.table, key.record)
    if waiver.covers(
      rule: rule, table: table, record: record, occasion: key.occasion > 0 ? key.occasion : nil)
    {
      return true
    }
    guard key.occasion > 0, sighting.due != nil || sighting.done != nil else { return false }
    return waiver.isOfOccasion(waiverNote, rule: rule, table: table, record: record)
  }
}
