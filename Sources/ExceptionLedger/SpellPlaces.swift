import Exceptions

/// Where the spells of exceptions are in a list, by their keys.
///
/// It holds the hashes of the keys and not the keys, which are in the list already: a quarter of
/// what a dictionary of them takes, and there may be one for every record.
struct SpellPlaces {
  private let spells: [Spell]
  private var byHash: [Int: Int32] = [:]
  /// Of keys that share the hash of another.
  private var others: [ExceptionKey: Int] = [:]

  init(_ spells: [Spell]) {
    self.spells = spells
    byHash.reserveCapacity(spells.count)
    for (place, spell) in spells.enumerated() {
      let hash = spell.key.hashValue
      guard let first = byHash[hash], spells[Int(first)].key != spell.key else {
        byHash[hash] = Int32(truncatingIfNeeded: place)
        continue
      }
      others[spell.key] = place
    }
  }

  /// The place of the last spell with a key; nil if there is none.
  subscript(key: ExceptionKey) -> Int? {
    guard let place = byHash[key.hashValue] else { return nil }
    return spells[Int(place)].key == key ? Int(place) : others[key]
  }
}
