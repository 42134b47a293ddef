import Mustache

/// What the templates are given: values by name.
///
/// It is a type of its own for speed. The engine asks each value that it meets whether it has
/// others below it, and a dictionary, which has only for some types of key, takes many times as
/// long to answer.
struct PageContext: MustacheParent, ExpressibleByDictionaryLiteral, Sendable {
  private var values: [String: any Sendable]

  init(dictionaryLiteral values: (String, any Sendable)...) {
    self.values = Dictionary(values, uniquingKeysWith: { _, last in last })
  }

  subscript(name: String) -> (any Sendable)? {
    get { values[name] }
    set { values[name] = newValue }
  }

  func child(named name: String) -> Any? { values[name] }
}
