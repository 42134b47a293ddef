public import Rulebooks
public import WorkingTime

/// What kind of sample to make.
public struct SampleRequest: Sendable {
  /// The rules whose tables are filled.
  public var rulebook: Rulebook
  /// How many children.
  public var children: Int
  /// The seed of all random choices; another seed gives other children.
  public var seed: UInt64
  /// The day on which the extracts are drawn.
  public var asOf: CalendarDate
  /// How many children in a thousand have a fault.
  public var faultsPerThousand: Int
  /// How many threads make records.
  public var threads: Int
  /// The folder to write, which must be new or empty.
  public var folder: String

  /// The most children that a sample can have: one for each name.
  public static let mostChildren = PeoplesNames.most

  /// A sample of `rulebook`'s tables.
  public init(
    rulebook: Rulebook, children: Int, seed: UInt64, asOf: CalendarDate, faultsPerThousand: Int,
    threads: Int, folder: String
  ) {
    self.rulebook = rulebook
    self.children = children
    self.seed = seed
    self.asOf = asOf
    self.faultsPerThousand = faultsPerThousand
    self.threads = threads
    self.folder = folder
  }
}

/// Why no sample was written.
public enum SampleFault: Error, Hashable, Sendable {
  /// The rules name no calendar of working days.
  case noCalendar
  /// The calendar does not cover the years of the sample.
  ///
  /// It comes with the as-of dates that the calendar allows, or, if there are none, with the days
  /// that it covers.
  case outsideCalendar(ClosedRange<CalendarDate>)
  /// The rules have none of the tables that a sample knows.
  case noTables
}

/// What a sample holds.
public struct SampleReport: Hashable, Sendable {
  /// One file.
  public struct File: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// Its size.
    public var bytes: Int
  }

  /// The files with extracts, in the order of their tables.
  public var files: [File]
  /// How many planted faults are listed.
  public var planted: Int
  /// The tables of the rules that a sample cannot fill and so leaves out.
  public var tablesLeftOut: [String]

  /// The name of the list of planted faults.
  public static let plantedName = "planted.csv"

  /// How much was written.
  public var bytes: Int { files.reduce(0) { $0 + $1.bytes } }
}
