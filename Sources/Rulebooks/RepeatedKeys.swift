import Values

/// The keys that a mapping has more than once, as nobody could tell which of the values was meant.
struct RepeatedKeys {
  /// The entries of a mapping.
  typealias Entries = [(key: YAMLNode, value: YAMLNode)]

  /// The mapping with the first value of each key alone, so that other mistakes can still be found.
  let firsts: Entries
  /// What is wrong, at the place where a key is first repeated: usually another definition begins
  /// there without a separator.
  let fault: YAMLFault
  /// Whether there is only one: several mean that two definitions have run into one.
  let isOne: Bool

  /// Nil if no key is repeated.
  ///
  /// Keys are compared by their bytes: to a code list, `é` written in two ways is two codes.
  init?(in entries: Entries) {
    guard Self.areIn(entries) else { return nil }
    var counts: [Text: Int] = [:]
    var firsts: Entries = []
    var again: YAMLNode?
    for entry in entries {
      if let text = entry.key.text {
        counts[Text(text), default: 0] += 1
        if counts[Text(text), default: 0] > 1 {
          again = again ?? entry.key
          continue
        }
      }
      firsts.append(entry)
    }
    self.firsts = firsts
    let repeated = counts.filter { $0.value > 1 }.keys.sorted()
    isOne = repeated.count == 1
    fault = .repeatedKeys(
      repeated.map(\.string), line: again?.line ?? 1, column: again?.column ?? 1)
  }

  private static func areIn(_ entries: Entries) -> Bool {
    // Most mappings are small, and for those comparing is quicker than hashing.
    guard entries.count > 8 else {
      return entries.indices.contains { index in
        guard let key = entries[index].key.text else { return false }
        return entries[..<index].contains { $0.key.text?.utf8.elementsEqual(key.utf8) == true }
      }
    }
    var seen: Set<Text> = []
    return entries.contains { entry in
      entry.key.text.map { !seen.insert(Text($0)).inserted } ?? false
    }
  }
}
