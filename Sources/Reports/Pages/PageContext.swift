import Mustache

/// What the templates are given: values by their names.
///
/// A type of its own, because the engine asks of each value on its way whether it is one that has
/// others below it, and a dictionary, which is one only for some keys, takes many times as long to
/// answer.
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
