/// Writes the records of one child after another.
///
/// What happens to a child follows from the seed and the child's number alone. The parts of a life
/// are written by extensions, in files named after them. Each part writes clean records, and spoils
/// one of them if the child's fault belongs there.
struct ChildWriter {
  let setting: SampleSetting
  let clock: Clock
  var tables: SampleTables
  var planted = PlantedFaults()

  // The child whose records are being written.
  var random: SplitMix64
  var child = 0
  var course = Course.contactOnly
  /// The day of birth, or the expected day for an unborn child.
  var born = 0
  var worker: Worker
  var reviewingOfficer: Worker
  /// The fault to plant in the child's records; nil once it is planted, or if there is none.
  var fault: Fault?
  /// How many more records that could have the fault are left clean before one gets it.
  var recordsToSkip = 0
  /// How many visits and contacts the child has so far.
  var visitCount = 0
  var contactCount = 0
  /// Identifiers and days that one part of a life passes to the next.
  var referral = Referral()

  /// A writer on empty sheets.
  init(_ setting: SampleSetting, _ tables: SampleTables) {
    self.setting = setting
    self.tables = tables
    clock = setting.clock
    random = SplitMix64(seed: setting.seed, stream: 0)
    worker = Worker(0, of: .frontDoor)
    reviewingOfficer = Worker(reviewingOfficer: 0)
  }

  var asOf: Int { clock.asOf }
  var person: Cell { .number(40_000_000 + child) }

  /// The child's `count`th identifier of a kind.
  func id(_ letter: Cell.Letter, _ count: Int) -> Cell { .id(letter, (child + 1) * 1000 + count) }

  /// Writes all records of a child.
  mutating func write(_ child: Int) {
    let place = setting.population.place(of: child)
    self.child = child
    course = place.course
    random = SplitMix64(seed: setting.seed, stream: child)
    let service = course.service
    worker = Worker(setting.population.worker(ofPlace: place.inService), of: service)
    reviewingOfficer = Worker(reviewingOfficer: child / Population.childrenPerReviewingOfficer)
    visitCount = 0
    contactCount = 0
    referral = Referral()
    fault = random.below(1000) < setting.faultsPerThousand ? random.pick(course.faults) : nil
    if fault?.needsOthers == true, setting.population.children < Fault.enoughChildren {
      fault = nil
    }
    recordsToSkip = random.below(3)
    live()
  }

  private mutating func live() {
    switch course {
    case .contactOnly: liveWithContactOnly()
    case .assessedAndClosed: liveAssessed()
    case .inNeed, .noLongerInNeed: liveInNeed()
    case .protected, .steppedDown: liveProtected()
    case .lookedAfter, .leftCare: liveInCare()
    case .careLeaver: liveAsCareLeaver()
    case .unborn: liveUnborn()
    }
  }

  // MARK: Faults

  /// Whether to plant a fault in the current record, which must be one that can have it.
  ///
  /// Every call counts as one such record, so it must be called once for each.
  mutating func takesFault(_ kind: Fault) -> Bool {
    guard fault == kind else { return false }
    recordsToSkip -= 1
    return recordsToSkip < 0
  }

  /// Whether to plant a fault that has only one possible place.
  func isMeant(_ kind: Fault) -> Bool { fault == kind }

  /// Adds a fault to the list of planted faults if the rules look for it; the child gets no other.
  mutating func plant(
    _ rule: String, _ table: String, _ record: Cell, field: String = "", _ what: String
  ) {
    fault = nil
    guard setting.isJudged(rule) else { return }
    planted.add(
      rule: rule, table: table, record: record.identifier, person: person.identifier, field: field,
      what: what)
  }
}

/// What later parts of a life need to know of the referral.
struct Referral {
  var id = Cell.empty
  var receivedOn = 0
  var source = "2A"
  var outcome = "SA"
}
