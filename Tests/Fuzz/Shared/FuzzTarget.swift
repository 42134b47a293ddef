/// One way into casecheck for bytes that nobody has vetted, and what must hold whatever they are.
protocol FuzzTarget: SendableMetatype {
  /// The name on the command line and of the folder in `Corpus`.
  static var name: String { get }
  /// Makes what all inputs share.
  static func prepare() throws
  /// Runs casecheck on the bytes; throws where a promise is broken, and traps where casecheck does.
  ///
  /// - Returns: whether casecheck accepted them, so that the promises of what it accepts were asked,
  ///   too.
  @discardableResult static func run(_ input: [UInt8]) throws -> Bool
}

extension FuzzTarget {
  static func prepare() throws {}
}

/// All targets, by name.
let fuzzTargets: [any FuzzTarget.Type] = [
  DatesTarget.self, ExpressionsTarget.self, ReadingTarget.self, RulesTarget.self,
]

/// A promise that some input has broken.
struct BrokenPromise: Error, CustomStringConvertible {
  var description: String
}

/// Throws unless the promise is kept.
func promise(_ isKept: Bool, _ what: @autoclosure () -> String) throws {
  if !isKept { throw BrokenPromise(description: what()) }
}
