/// The order of the parts of an export by their names, in which 10 comes behind 9.
public struct PartOrder: Comparable, Sendable {
  private let pieces: [Piece]

  /// A stretch of a name: a number without its leading zeros, or other text.
  private struct Piece: Equatable {
    let isNumber: Bool
    let bytes: [UInt8]

    func isBefore(_ other: Piece) -> Bool {
      if isNumber, other.isNumber, bytes.count != other.bytes.count {
        return bytes.count < other.bytes.count
      }
      return bytes.lexicographicallyPrecedes(other.bytes)
    }
  }

  /// Takes a path apart.
  public init(_ path: String) {
    var pieces: [Piece] = []
    var rest = path.utf8[...]
    while let first = rest.first {
      let isNumber = Self.isDigit(first)
      let piece = rest.prefix { Self.isDigit($0) == isNumber }
      rest = rest.dropFirst(piece.count)
      pieces.append(
        Piece(isNumber: isNumber, bytes: isNumber ? Array(piece.drop { $0 == 0x30 }) : Array(piece))
      )
    }
    self.pieces = pieces
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Whether the part of one name comes before that of the other.
  public static func < (a: PartOrder, b: PartOrder) -> Bool {
    for (one, other) in zip(a.pieces, b.pieces) where one != other { return one.isBefore(other) }
    return a.pieces.count < b.pieces.count
  }
}
