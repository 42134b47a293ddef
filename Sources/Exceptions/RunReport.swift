public import WorkingTime

/// All that a run found, as plain values: what the lists, the pages and the ledger are made from.
public struct RunReport: Sendable {
  /// The version of casecheck.
  public var version: String
  /// The date the verdicts are given for.
  public var asOf: CalendarDate
  /// The SHA-256 of the rules, in small hexadecimal.
  public var rulesDigest: String
  /// The rule folders as named by the user.
  public var ruleFolders: [String]
  /// The packs that were loaded.
  public var packs: [String]
  /// The parameters whose values came from outside the rules.
  public var parameters: [(name: String, value: String)]
  /// The exceptions in the order of `exceptions.csv`.
  public var exceptions: [CaseException] = []
  /// What falls due within the warning time, for drift lists; in the same order.
  public var dueSoon: [CaseException] = []
  /// The measures by rule, then team, bytes.
  public var measures: [Measure] = []
  /// The inputs, one for each file and table it was read as.
  public var inputs: [InputReport] = []
  /// The tables with their rows.
  public var tables: [TableReport] = []
  /// The tables of last period's that some rule compares with, named by `RuleReport.lastPeriod(of:)`.
  public var earlierTables: [TableReport] = []
  /// The rules with their words.
  public var rules: [RuleReport] = [] {
    didSet {
      ruleNumbers = Dictionary(
        rules.indices.map { (rules[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    }
  }
  private var ruleNumbers: [String: Int] = [:]
  /// Rules that are no longer in force, whose open exceptions somebody has said to end.
  public var removedRules: Set<String> = []
  /// What cannot be trusted and does not belong to one input: tables without a file.
  public var faults: [FaultReport] = []
  /// What a person should know.
  ///
  /// Safe for logs.
  public var remarks: [String] = []
  /// The teams of all rows that were judged, also those without an exception.
  public var teams: [TeamName] = []
  /// The mail addresses that the extracts have of teams.
  public var addresses: [TeamName: String] = [:]
  /// What came of the waivers; nil where the run had none.
  public var waivers: WaiverOutcome?
  /// What the ledger knows beyond this run; nil without one.
  public var news: LedgerNews?

  /// A report without findings.
  public init(
    version: String, asOf: CalendarDate, rulesDigest: String, ruleFolders: [String],
    packs: [String], parameters: [(name: String, value: String)]
  ) {
    self.version = version
    self.asOf = asOf
    self.rulesDigest = rulesDigest
    self.ruleFolders = ruleFolders
    self.packs = packs
    self.parameters = parameters
  }

  /// The rule with a name.
  public func rule(named name: String) -> RuleReport? { ruleNumbers[name].map { rules[$0] } }

  /// True where some input cannot be trusted (exit 3).
  public var isUntrusted: Bool { !faults.isEmpty || inputs.contains { !$0.faults.isEmpty } }

  /// How many rules could not look at anything, since a table or a column is missing; constraints left out.
  public var unevaluatedRules: Int { rules.count { !$0.isEvaluated && $0.kind != "constraint" } }
}

/// How one file was read as one table.
public struct InputReport: Sendable {
  /// The path relative to the extracts, with `/`.
  public var path: String
  /// The table; empty where no table takes the file.
  public var table: String
  /// Bytes.
  public var size: Int
  /// The SHA-256 of its bytes, in small hexadecimal.
  public var sha256: String
  /// Its encoding, such as `utf-8`; empty where it is not known.
  public var encoding: String
  /// Its delimiter; empty where it is not known.
  public var delimiter: String
  /// The physical line of its headings, from 1.
  public var headerLine: Int?
  /// Records read.
  public var rowsRead: Int
  /// Records that became rows.
  public var rowsChecked: Int
  /// Records that did not.
  public var rowsRejected: Int
  /// Headings that no field names.
  public var unknownHeadings: [String]
  /// Lines that were passed over as titles and footers.
  public var passedOver: [String]
  /// What a person should know.
  public var remarks: [String]
  /// Why it cannot be trusted.
  public var faults: [FaultReport]
  /// The records that could not be read.
  public var rejects: [RejectReport]

  /// A report on an input not read yet.
  public init(path: String, table: String) {
    self.path = path
    self.table = table
    size = 0
    sha256 = ""
    encoding = ""
    delimiter = ""
    rowsRead = 0
    rowsChecked = 0
    rowsRejected = 0
    unknownHeadings = []
    passedOver = []
    remarks = []
    faults = []
    rejects = []
  }
}

/// Why an input cannot be trusted.
public struct FaultReport: Hashable, Sendable {
  /// What kind of fault it is, such as `missingFile`.
  public var kind: String
  /// The table.
  public var table: String
  /// The file; empty where there is none.
  public var file: String
  /// The physical line, from 1.
  public var line: Int?
  /// The field; empty where there is none.
  public var field: String
  /// What is wrong and what to do.
  ///
  /// Safe for logs.
  public var message: String

  /// A fault.
  public init(
    kind: String, table: String, file: String, line: Int?, field: String, message: String
  ) {
    self.kind = kind
    self.table = table
    self.file = file
    self.line = line
    self.field = field
    self.message = message
  }
}

/// A record that could not be read.
public struct RejectReport: Hashable, Sendable {
  /// The physical line, from 1.
  public var line: Int
  /// Why.
  public var reason: String
  /// The record verbatim.
  public var text: String
  /// Whether it may be but a part of one: what says whose it is may be what it lacks.
  public var isPart = true

  /// A rejected record.
  public init(line: Int, reason: String, text: String) {
    self.line = line
    self.reason = reason
    self.text = text
  }
}

/// How many rows a file of a table had.
public struct FileRows: Hashable, Sendable {
  /// Its path below the folder of the extracts: two whose letters are composed in different ways are two files.
  public var path: String
  /// The records that count, each once.
  public var rows: Int

  /// A file with its rows.
  public init(path: String, rows: Int) {
    self.path = path
    self.rows = rows
  }
}

/// A table of a run.
public struct TableReport: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// Its title.
  public var title: String
  /// How many rows were checked.
  public var rows: Int
  /// How many of them stand in files whose very bytes, or whose records' keys, were given before.
  public var repeatedRows = 0
  /// Whether some file was read as it.
  public var isPresent: Bool
  /// Whether all its files could be trusted, and a required one was there.
  public var isWhole: Bool
  /// The fields whose heading every file had.
  public var fields: [String] = []
  /// How many files had rows.
  public var files = 0
  /// The rows of each file that stand in no other before it.
  public var rowsOfFiles: [FileRows] = []
  /// In how many rows each field that is looked at holds something; counted only so far that many are told from few.
  public var filled: [String: Int] = [:]
  /// Whether each of its files ended in a footer.
  public var hasFooters = false
  /// The newest date of what happened, up to the as-of date; nil where the table has none, or no ledger asks.
  public var newest: CalendarDate?

  /// A table.
  public init(name: String, title: String, rows: Int, isPresent: Bool, isWhole: Bool) {
    self.name = name
    self.title = title
    self.rows = rows
    self.isPresent = isPresent
    self.isWhole = isWhole
  }
}

/// A rule of a run, with its words.
public struct RuleReport: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// Its title.
  public var title: String
  /// Why it is asked.
  public var why: String
  /// The law, guidance or plan behind it.
  public var source: String
  /// Its pack.
  public var pack: String
  /// The table whose rows it judges.
  public var table: String
  /// `check`, `deadline`, `repeat`, `limit` or `constraint`.
  public var kind: String
  /// How to put an exception right.
  public var fix: String
  /// Why it judged nothing; empty where it did.
  public var judgedNothing: String
  /// What it asks of a record, in plain words.
  public var asks = ""
  /// Where its exceptions go: `drift`, `correction` or `none`.
  public var list = "correction"
  /// The target in words, such as `at least 95 %`; empty without one.
  public var targetWords = ""
  /// Whether its percentage is the share of what did not meet it.
  public var isShareOfBroken = false
  /// The tables that its verdicts rest on, those of last period's by `lastPeriod(of:)`.
  public var reads: [String] = []
  /// Those of them whose other records the verdict on one rests on: with one of those unread, it may be in order by chance.
  public var comparesWith: [String] = []
  /// Those of them whose records need not name the child: the one that counts may be another child's.
  public var comparesWithAnybodys: [String] = []
  /// The fields that the verdict rests on, as `TABLE.FIELD`.
  public var fields: Set<String> = []
  /// Whether the value that it asks about is one by which records belong together: without it, a record may be anybody's.
  public var isOfKey = false
  /// Whether all that it reads was there: without that its silence shows nothing.
  public var isEvaluated = true
  /// What was decided before this day is left out; nil where the rule looks back without an end.
  public var looksBackTo: CalendarDate?

  /// What stands before the name of a table, and of a file, of last period's.
  public static let lastPeriod = "(earlier) "

  /// What stands in `reads` for a table of last period's.
  public static func lastPeriod(of table: String) -> String { lastPeriod + table }

  /// A rule.
  public init(
    name: String, title: String, why: String, source: String, pack: String, table: String,
    kind: String, fix: String, judgedNothing: String
  ) {
    self.name = name
    self.title = title
    self.why = why
    self.source = source
    self.pack = pack
    self.table = table
    self.kind = kind
    self.fix = fix
    self.judgedNothing = judgedNothing
  }
}
