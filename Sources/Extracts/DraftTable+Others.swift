import Values

// What a draft has to do with other tables and with the drafts of other files.
extension DraftTable {
  /// A table that takes a file by its name.
  struct Taker: Hashable {
    var table: String
    /// The rule file that defines it.
    var source: String
  }

  /// The draft of the children to which the rows of another belong.
  struct Children {
    /// What the rows call their child.
    static let relation = "person"

    /// The field of the rows that has the child's number.
    var field: String
    var table: String
    var key: String
    var team: String?
    var worker: String?
  }

  /// What files have in common that make one table.
  struct Kind: Hashable {
    var name: String
    var headings: Set<String>
  }

  var kind: Kind { Kind(name: name, headings: Set(headings.map(normalHeading))) }

  /// Whether each row is a child.
  var isOfChildren: Bool { key != nil && key == person }

  /// Whether a column holds the names of the children: elsewhere a name alone may be any.
  func holdsNameOfChild(_ column: Int) -> Bool {
    isOfChildren && normalHeading(headings[column]) == "name" && guess(column).type == .string
  }

  /// One draft for all files that make one table: that of the file with most records, which shows
  /// most of what the columns hold.
  func joined(with others: [DraftTable]) -> DraftTable {
    let all = [self] + others
    var joined = others.reduce(self) { $1.rank > $0.rank ? $1 : $0 }
    var told: Set<String> = [joined.glob.lowercased()]
    joined.otherGlobs = all.map(\.glob).filter { told.insert($0.lowercased()).inserted }
    var known: Set<Taker> = []
    joined.takers = all.flatMap(\.takers).filter { known.insert($0).inserted }
    joined.fileCount = all.count
    return joined
  }

  /// How much a draft shows; what cannot be drafted shows nothing.
  private var rank: Int {
    if fault != nil { return -1 }
    return columns.first.map { $0.given + $0.empty } ?? 0
  }

  /// Refers to the children's table among other drafts, where just one of them can be it.
  mutating func refer(toChildrenAmong drafts: [DraftTable]) {
    guard !isOfChildren, let person, let field = names[person], !names.contains(Children.relation)
    else { return }
    let heading = normalHeading(headings[person])
    let found = drafts.compactMap { other -> Children? in
      guard other.isOfChildren, other.name != name, let key = other.key, let own = other.names[key],
        other.columns[key].couldBeKey, normalHeading(other.headings[key]) == heading,
        other.guess(key).type == guess(person).type
      else { return nil }
      let (team, worker) = other.owner
      return Children(field: field, table: other.name, key: own, team: team, worker: worker)
    }
    if found.count == 1 { children = found.first }
  }
}
