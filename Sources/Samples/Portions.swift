/// The records of a number of consecutive children.
struct Portion: Sendable {
  /// How many children they belong to.
  var children = 0
  /// The bytes of every table, in the order of `SampleTables.names`.
  var tables: [[UInt8]]
  /// Rows of the list of planted faults.
  var planted: [UInt8] = []
  var plantedCount = 0
}

/// Makes the records of all children on several threads, and delivers them in the children's order.
struct Portions {
  /// Enough for large writes, but few enough for a portion per thread to take little memory.
  static let childrenInOne = 512

  private let setting: SampleSetting
  private let count: Int
  /// Empty sheets, whose columns all portions share.
  private let sheets: SampleTables

  init(_ setting: SampleSetting) {
    self.setting = setting
    sheets = SampleTables(setting)
    count = (setting.population.children + Self.childrenInOne - 1) / Self.childrenInOne
  }

  /// Calls `use` with the tables `first`, then with each portion in the order of the children.
  func make(
    threads: Int, first: [[UInt8]], _ use: (Portion) throws -> Void
  ) async throws {
    try use(Portion(tables: first))
    let (setting, count, sheets) = (setting, count, sheets)
    try await withThrowingTaskGroup(of: (number: Int, portion: Portion).self) { group in
      var begun = 0
      func begin() {
        guard begun < count else { return }
        let number = begun
        begun += 1
        group.addTask { (number, Self.portion(number, setting, sheets)) }
      }
      for _ in 0..<max(1, threads) { begin() }
      var waiting: [Int: Portion] = [:]
      var due = 0
      while let (number, portion) = try await group.next() {
        waiting[number] = portion
        while let next = waiting.removeValue(forKey: due) {
          // Begin another portion before writing this one, so that no thread waits for the disk.
          due += 1
          begin()
          try use(next)
        }
      }
    }
  }

  private static func portion(
    _ number: Int, _ setting: SampleSetting, _ sheets: SampleTables
  ) -> Portion {
    let first = number * childrenInOne
    var writer = ChildWriter(setting, sheets)
    let children = first..<min(first + childrenInOne, setting.population.children)
    for child in children { writer.write(child) }
    return Portion(
      children: children.count, tables: writer.tables.take(), planted: writer.planted.bytes,
      plantedCount: writer.planted.count)
  }
}
