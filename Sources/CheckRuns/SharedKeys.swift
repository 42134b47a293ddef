import Diagnostics
import Extracts
import Values

/// How many keys of last period's table are keys of this period's, too.
///
/// Where the case system, or Excel, writes them in another way than before, such as `000123` and
/// `123`, no rule that compares a record with that of last period finds one, and all of them pass.
struct SharedKeys {
  private let name: String
  private let before: Int
  private let now: Int
  private let shared: Int

  /// In tables of that many keys, fewer than half are no accident.
  private static let many = 20

  init(of table: Table, with other: Table, _ pool: StringPool) {
    name = table.definition.name
    let keys = table.keyHashes(pool)
    let others = keys.isEmpty ? [] : other.keyHashes(pool)
    (before, now) = (keys.count, others.count)
    shared = keys.count { others.contains($0) }
  }

  /// What is said where none, or few, are shared; nil where one of the tables has no key to compare.
  ///
  /// An extract may hold more, or fewer, of the records than that of last period: the smaller of the
  /// two shows how keys are written.
  var remark: String? {
    let smaller = min(before, now)
    guard smaller > 0, shared == 0 || (smaller >= Self.many && shared * 2 < smaller) else {
      return nil
    }
    let found =
      switch shared {
      case 0: "none is"
      case 1: "1 is"
      default: "\(shared) are"
      }
    return
      "\(name) of last period: of its \(amount(before, "key")) \(found) in this period's extract. Are they written alike? Rules that look records up by them may pass for want of them: look at the folder of --earlier."
  }
}

extension Table {
  /// The hashes of all keys; a record that lacks a part of its key has none.
  fileprivate func keyHashes(_ pool: StringPool) -> Set<Int> {
    let parts = definition.primaryKey.compactMap { columns[$0] }
    guard !parts.isEmpty, parts.count == definition.primaryKey.count else { return [] }
    var hashes: Set<Int> = []
    for row in 0..<rowCount {
      if let hash = keyHash(of: row, parts, pool) { hashes.insert(hash) }
    }
    return hashes
  }

  private func keyHash(of row: Int, _ parts: [Column], _ pool: StringPool) -> Int? {
    var hasher = Hasher()
    for part in parts {
      if part.holdsTexts {
        // A text has one number in the pool, which both tables share.
        let code = part.textCode(at: row)
        if code == -1 { return nil }
        hasher.combine(code)
      } else {
        let value = part.value(at: row, in: pool)
        if value == .absent { return nil }
        hasher.combine(value)
      }
    }
    return hasher.finalize()
  }
}
