public import Expressions

/// Text with expressions in it.
public struct MessageTemplate: Sendable {
  /// A piece of the text.
  public enum Piece: Sendable {
    /// Text that is written as it is.
    case text(String)
    /// The value of an expression.
    case value(CheckedExpression)
  }

  /// The pieces in order.
  public var pieces: [Piece]
}
