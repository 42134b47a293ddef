/// The content of a cell; its form depends on the column.
enum Cell {
  /// Nothing.
  case empty
  /// True and false, in the words of the column.
  case yes
  case no
  /// A day, as its number since 1970.
  case date(Int)
  /// A day and a minute of it.
  case moment(Int, Int)
  /// A whole number.
  case number(Int)
  /// A number with one decimal, in tenths.
  case tenths(Int)
  /// A letter and a number: what identifies a record.
  case id(Letter, Int)
  /// A code, a name or a faulty text, none of which needs quotes.
  case text(String)
  /// Free text, generated from this number.
  case note(UInt64)

  /// A day, or nothing if it is nil.
  static func date(_ day: Int?) -> Cell { day.map { .date($0) } ?? .empty }

  /// Yes or no.
  static func flag(_ holds: Bool) -> Cell { holds ? .yes : .no }

  /// The first letters of identifiers, by kind of record.
  enum Letter: UInt8 {
    case assessment = 0x41  // A
    case involvement = 0x42  // B
    case contact = 0x43  // C
    case discussion = 0x44  // D
    case enquiry = 0x45  // E
    case pathwayPlan = 0x46  // F
    case coreGroup = 0x47  // G
    case health = 0x48  // H
    case conference = 0x49  // I
    case leaver = 0x4A  // J
    case carePeriod = 0x4B  // K
    case placement = 0x4C  // L
    case missing = 0x4D  // M
    case plan = 0x4E  // N
    case permanence = 0x4F  // O
    case protectionPlan = 0x50  // P
    case questionnaire = 0x51  // Q
    case referral = 0x52  // R
    case staff = 0x53  // S
    case carer = 0x54  // T
    case education = 0x55  // U
    case visit = 0x56  // V
    case review = 0x57  // W
    case legal = 0x58  // X
    case leaverContact = 0x59  // Y
    case planReview = 0x5A  // Z
    case planAction = 0x61  // a
    case courtCase = 0x63  // c
    case detention = 0x64  // d
    case earlyHelp = 0x65  // e
    case fostering = 0x66  // f
    case adoption = 0x6F  // o
    case training = 0x74  // t
    case fosteringVisit = 0x76  // v
  }
}
