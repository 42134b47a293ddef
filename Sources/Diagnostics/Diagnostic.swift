/// Something a person has to know about the rules, the configuration or an input.
///
/// It says what is wrong, where, and what to do.
public struct Diagnostic: Error, Hashable, Sendable {
  /// How much it matters.
  public enum Severity: String, Hashable, Sendable {
    /// The work cannot go on, or its result could not be trusted.
    case error
    /// The work goes on; somebody should look.
    case warning
  }

  /// How much it matters.
  public var severity: Severity
  /// Where it is, if it is in a file.
  public var position: SourcePosition?
  /// What is wrong, as a sentence without its full stop.
  public var what: String
  /// What to do about it, as a sentence without its full stop.
  public var advice: String?
  /// Whether it says that a name is not known; a file that could not be read may declare that name.
  public var isOfMissingName = false
  /// Whether it is meant for authors of rules, so that a nightly run need not repeat it.
  public var isForAuthors = false

  /// Makes a diagnostic; neither text ends in a full stop.
  public init(
    _ severity: Severity = .error, at position: SourcePosition? = nil, _ what: String,
    advice: String? = nil
  ) {
    self.severity = severity
    self.position = position
    self.what = what
    self.advice = advice
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `file:line:column: error: what` and what to do, as compilers write it.
  public var description: String {
    var text = position.map { "\($0): " } ?? ""
    text += "\(severity.rawValue): \(Self.sentence(what))"
    if let advice { text += " " + Self.sentence(advice) }
    return text
  }

  /// Ends a text with a full stop unless it ends its sentence itself.
  private static func sentence(_ text: String) -> String {
    guard let last = text.last else { return text }
    return ".?!".contains(last) ? text : text + "."
  }
}

extension Diagnostic: Comparable {
  /// Orders by place, then by text, so that a list of diagnostics is the same in every run.
  public static func < (a: Diagnostic, b: Diagnostic) -> Bool {
    switch (a.position, b.position) {
    case (let p?, let q?) where p != q: return p < q
    case (nil, .some): return true
    case (.some, nil): return false
    default: return a.description.utf8.lexicographicallyPrecedes(b.description.utf8)
    }
  }
}
