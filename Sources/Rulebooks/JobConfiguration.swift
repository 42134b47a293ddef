public import Diagnostics
public import Exceptions
import Foundation
public import WorkingTime

/// The scheduled job as `casecheck.yaml` describes it, checked before any extract is read.
public struct JobConfiguration: Sendable {
  /// A folder of extracts, or files; globs are expanded when the job runs.
  public var extracts: [String] = []
  /// Last period's extracts.
  public var earlier: String?
  /// The rules.
  public var rules = RuleSelection(folders: [])
  /// The as-of date of the verdicts; nil for the day of the run.
  public var asOf: CalendarDate?
  /// The folder for the lists, with `{asOf}` for the date.
  public var out = ""
  /// The ledger.
  public var ledger = ""
  /// The waivers.
  public var waivers: String?
  /// Whether a table that earlier runs had, and this one has not, makes the run untrusted.
  public var stopsAtMissingTable = true
  /// How far a table may shrink, in hundredths of a percent of its rows; nil for any amount.
  public var greatestFall: Int? = 2_000
  /// How many runs' lists are kept; nil for all.
  public var keep: Int?
  /// Whether exceptions leave the exit code at 0.
  public var exitZero = false
  /// The formats to write: all, unless the configuration names some.
  public var formats = Set(OutputFormat.allCases)
  /// The mode of files.
  public var fileMode: UInt32 = 0o600
  /// The mode of folders.
  public var folderMode: UInt32 = 0o700
  /// A folder of templates in place of casecheck's own.
  public var templates: String?
  /// The name at the head of the pages.
  public var brandName: String?
  /// A file with a picture for the pages.
  public var brandLogo: String?
  /// The pages' one colour, `#rrggbb`.
  public var brandAccent: String?
  /// A file with the key for the pseudonyms of persons and records; nil for none.
  public var pseudonymise: String?
  /// How mail is sent; nil for no mail.
  public var deliver: Deliver?

  /// To whom mail goes, and how.
  public struct Deliver: Sendable {
    /// How mail leaves.
    public enum Method: String, CaseIterable, Sendable {
      /// By the system's own mail program.
      case sendmail
      /// Into a maildir, for another program to take.
      case maildir
    }

    /// What a mail contains.
    public enum Include: String, CaseIterable, Sendable {
      /// Counts and standing.
      case counts
      /// The team's lists as well.
      case lists
    }

    /// How mail leaves.
    public var method: Method
    /// The sender's address.
    public var from: String
    /// What a mail contains.
    public var include = Include.counts
    /// Addresses by team, in place of those of the teams table.
    public var addresses: [(team: String, address: String)] = []
    /// The maildir.
    public var maildir = ""
    /// The mail program.
    public var program = "/usr/sbin/sendmail"
    /// How many seconds the mail program gets for a mail.
    public var timeout = 60
    /// The folder in which mails wait, and where sent ones are noted.
    public var outbox = ""
    /// The days of the week on which mail goes out; empty for all.
    public var days: Set<Weekday> = []
  }

  /// The pattern of the run folders' paths; `{asOf}` is added at the end if `out` lacks it.
  public var outPattern: String {
    out.contains("{asOf}") ? out : (out.hasSuffix("/") ? out : out + "/") + "{asOf}"
  }
}

extension JobConfiguration {
  /// Reads a configuration; every mistake is reported with its place.
  ///
  /// Paths in it are relative to its own folder, wherever the job is started from. With `hasDay` the
  /// as-of date is given besides, and the file need not hold it.
  public static func load(_ path: String, hasDay: Bool = false) -> (
    configuration: JobConfiguration, mistakes: [Diagnostic]
  ) {
    let start = SourcePosition(file: path, line: 1)
    let collector = DiagnosticCollector()
    guard FileManager.default.fileExists(atPath: path) else {
      collector.report(
        "there is no configuration here", at: start, advice: "Name it with --config")
      return (JobConfiguration(), collector.diagnostics)
    }
    guard let text = RuleFolders.read(path, "configuration", into: collector) else {
      return (JobConfiguration(), collector.diagnostics)
    }
    var repeats: [Diagnostic] = []
    let documents = YAMLReading.documents(
      of: text, file: path, into: &collector.diagnostics, repeats: &repeats)
    collector.diagnostics += repeats
    guard let root = documents.first, documents.count == 1 else {
      if collector.diagnostics.isEmpty {
        collector.report("a configuration is one mapping of keys to values", at: start)
      }
      return (JobConfiguration(), collector.diagnostics.sorted())
    }
    let folder = folder(ofFile: path)
    var loader = JobConfigurationLoader(folder: folder, hasDay: hasDay, collector: collector)
    let configuration = loader.load(root)
    return (configuration, collector.diagnostics.sorted())
  }
}
