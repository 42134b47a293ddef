public import Diagnostics
import Foundation

/// Which rule files are read, and which packs of them.
public struct RuleSelection: Sendable {
  /// The folders; later ones add to and override earlier ones.
  public var folders: [String]
  /// The packs to load, nil for all; of two of which none is `over` the other, the later one
  /// overrides.
  public var packs: [String]?
  /// Parameters with values from outside, `NAME=VALUE`.
  public var parameters: [(name: String, value: String)]
  /// The name of the calendar of working days, if the rules have several.
  public var calendar: String?
  /// How many threads may work at once.
  public var threads = ProcessInfo.processInfo.activeProcessorCount
  /// Whether the tests that rules carry are read and checked as well.
  ///
  /// Verdicts do not need them, and they make up more than half of a rule file that tests every
  /// boundary.
  public var takesTests = true
  /// Whether a blank file only earns a warning, for what does not judge by the rules.
  ///
  /// A shell makes such a file where a draft is to be written, before the rules are read.
  public var passesOverBlankFiles = false
  /// Whether rules without a table only earn a warning, for what looks at an export by whatever
  /// tables there are.
  ///
  /// Whoever begins with nothing asks for a draft of the first one.
  public var mayLackTables = false
  /// Where a configuration says all this; empty for the command line.
  public var places = Places()

  /// Where a configuration names what is selected, so that mistakes are reported there.
  public struct Places: Sendable {
    /// The folders, by path.
    public var folders: [String: SourcePosition] = [:]
    /// The packs, by name.
    public var packs: [String: SourcePosition] = [:]
    /// The values of parameters, by name.
    public var parameters: [String: SourcePosition] = [:]
    /// The calendar.
    public var calendar: SourcePosition?

    /// No places.
    public init() {}
  }

  /// Rules of `folders`.
  public init(
    folders: [String], packs: [String]? = nil, parameters: [(name: String, value: String)] = [],
    calendar: String? = nil
  ) {
    self.folders = folders
    self.packs = packs
    self.parameters = parameters
    self.calendar = calendar
  }

  /// Why there are no rules to read, and what to do, as a part of a sentence; nil where there are
  /// some.
  ///
  /// A folder counts as there when loading it finds it: a link to it will do.
  public var lackOfRules: String? {
    let manager = FileManager.default
    for folder in folders {
      if !manager.fileExists(atPath: folder) {
        return "there is no folder \(folder) here; name it with --rules"
      }
      if (try? manager.contentsOfDirectory(atPath: folder))?.isEmpty == true {
        return "the folder \(folder) is empty; name another with --rules"
      }
    }
    return nil
  }

  /// Where a mistake is reported that is of the rules as a whole.
  var place: SourcePosition { SourcePosition(file: folders.last ?? "Rules", line: 1) }
}
