import Diagnostics

/// The team that has to act; having no team is distinct from any real name.
public enum TeamName: Sendable {
  /// No team is recorded.
  case none
  /// The team's name as in the extracts.
  case named(String)

  /// The name in lists for programs, with its blanks as they are.
  ///
  /// A real team whose name is one of casecheck's own words is put in quotes, and one whose name is
  /// such a quoted word gets another pair, so that no two teams look the same.
  public var shown: String {
    switch self {
    case .none: "(no team)"
    case .named(let name): Self.isReserved(name) ? "\"\(name)\"" : name
    }
  }

  /// The name as people read it on pages, in mails and on terminals: that in lists, with the blanks
  /// visible by which it may differ from another.
  public var inWords: String { withBlanksShown(shown) }

  private static func isReserved(_ name: String) -> Bool {
    var inner = name[...]
    while inner.utf8.count > 2, inner.hasPrefix("\""), inner.hasSuffix("\"") {
      inner = inner.dropFirst().dropLast()
    }
    return inner == "(no team)" || inner == "(all)"
  }
}

extension TeamName: Hashable {
  /// True for the same bytes: two ways of composing `é` are two teams until somebody corrects one.
  public static func == (a: TeamName, b: TeamName) -> Bool {
    switch (a, b) {
    case (.none, .none): true
    case (.named(let x), .named(let y)): areSameBytes(x, y)
    default: false
    }
  }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .none: hasher.combine(0)
    case .named(let name):
      hasher.combine(1)
      hasher.combine(bytesOf: name)
    }
  }
}

extension TeamName: Comparable {
  /// No team first, then by the bytes of the names.
  public static func < (a: TeamName, b: TeamName) -> Bool {
    switch (a, b) {
    case (.named(let x), .named(let y)): byteOrder(x, y) < 0
    case (.none, .named): true
    case (_, .none): false
    }
  }
}
