public import Expressions

/// Text with expressions in it.
public struct MessageTemplate: Sendable {
  /// A piece of it.
  public enum Piece: Sendable {
    /// As it stands.
    case text(String)
    /// The value of an expression.
    case value(CheckedExpression)
  }

  /// The pieces in order.
  public var pieces: [Piece]
}
