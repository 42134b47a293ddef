/// A compiled expression.
///
/// Steps are structures because a bare function that has been in an optional or an array is called
/// through two more, each time that it goes through one.
struct Step: Sendable {
  private let body: @Sendable (inout Frame) -> Value

  init(_ body: @escaping @Sendable (inout Frame) -> Value) { self.body = body }

  func callAsFunction(_ frame: inout Frame) -> Value { body(&frame) }
}

/// A compiled condition.
struct Test: Sendable {
  private let body: @Sendable (inout Frame) -> Truth

  init(_ body: @escaping @Sendable (inout Frame) -> Truth) { self.body = body }

  func callAsFunction(_ frame: inout Frame) -> Truth { body(&frame) }
}

/// Passes the elements of a list on one by one until it is told to stop.
///
/// Returns nil, or an absent value if the list is absent.
struct Elements: Sendable {
  typealias Take = (Value, inout Frame) -> Bool

  private let body: @Sendable (inout Frame, Take) -> Value?

  init(_ body: @escaping @Sendable (inout Frame, Take) -> Value?) { self.body = body }

  func callAsFunction(_ frame: inout Frame, _ take: Take) -> Value? { body(&frame, take) }
}
