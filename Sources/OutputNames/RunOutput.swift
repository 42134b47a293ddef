/// What casecheck writes into the folder of a run, and by what an output of casecheck is known.
///
/// An old output is replaced as a whole and, among extracts, passed over: neither may be done to
/// anything else, so both ask here.
public enum RunOutput {
  /// The file that every output holds, whichever formats were asked for.
  public static let runFile = "run.json"

  /// How many bytes of that file tell whether casecheck wrote it.
  public static let startOfRunFile = 256

  /// The link beside several outputs that leads to the newest.
  public static let latest = "latest"

  /// The folders of files that have one ending in common.
  public static let endings: [(folder: String, ending: String)] = [
    ("rejects", ".csv"), ("rules", ".html"),
  ]

  /// The folder of the teams' folders.
  public static let teams = "teams"

  private static let files: Set<String> = [
    "exceptions.csv", "measures.csv", "summary.json", runFile, "index.html", "metrics.prom",
  ]

  /// Whether a `run.json` begins as casecheck's do.
  public static func isRunFile(beginningWith start: [UInt8]) -> Bool {
    String(decoding: start, as: UTF8.self).contains("\"program\": \"casecheck\"")
  }

  /// Whether a run writes a file or folder of this name at the top of its output.
  public static func isAtTop(_ name: String) -> Bool {
    files.contains(name) || name == teams || endings.contains { $0.folder == name }
  }

  /// Whether a run writes a file of this name for a team; a long list goes on in `drift.2.html`.
  public static func isOfTeam(_ name: String) -> Bool {
    ["exceptions.csv", "exceptions.xlsx", "drift.csv", "drift.html"].contains(name)
      || name.wholeMatch(of: /drift\.[1-9][0-9]*\.html/) != nil
  }

  /// Whether a run writes a file at this path, which is taken from the folder of its output.
  public static func hasFile(at path: String) -> Bool {
    let parts = path.split(separator: "/").map(String.init)
    switch parts.count {
    case 1: return files.contains(parts[0])
    case 2: return endings.contains { $0.folder == parts[0] && parts[1].hasSuffix($0.ending) }
    case 3: return parts[0] == teams && isOfTeam(parts[2])
    default: return false
    }
  }
}
