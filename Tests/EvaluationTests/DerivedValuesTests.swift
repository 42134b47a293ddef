import Expressions
import Testing
import Values
import WorkingTime

@testable import Evaluation

@Suite("The values of derived columns")
struct DerivedValuesTests {
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 33
    }
  }

  /// A value of a type, or an absent one.
  private func value(_ type: ValueType, _ generator: inout Generator) -> Value {
    let dice = Int64(generator.next() % 1_000)
    if dice < 200 {
      return .absent(
        dice < 20
          ? .none : Blame(table: Int32(dice % 3), row: Int32(dice), field: dice % 2 == 0 ? 3 : -3))
    }
    let day = CalendarDate(dayNumber: Int32(dice) * 900 - 500_000)
    return switch type {
    case .bool: .bool(dice % 2 == 0)
    case .date: .date(day)
    case .time: .time(TimeOfDay(secondOfDay: Int32(dice) * 86))
    case .string: .string(Text(dice < 600 ? "team \(dice % 9)" : "née ø \(dice)"))
    case .int: .int((dice - 500) << 50)
    case .datetime:
      dice % 3 == 0 ? .date(day) : .datetime(LocalDateTime(date: day, secondOfDay: 86_399))
    case .row: .row(RowID(table: Int32(dice % 80), row: Int32.max - Int32(dice)))
    case .number: .number(Double(dice) / 7)
    case .list: .list([.int(dice), .string("a")])
    default: .duration(TimeSpan(days: Int(dice)))
    }
  }

  private static let types: [ValueType] = [
    .bool, .date, .time, .string, .int, .datetime, .row(3), .number, .list(.int), .duration,
  ]

  @Test("Values come back as they were, whatever pieces they are joined of", arguments: types)
  func roundTrip(type: ValueType) throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      var generator = Generator(state: seed)
      let pieces = (0..<seed % 6).map { _ in
        (0..<generator.next() % 300).map { _ in value(type, &generator) }
      }
      let spill = seed % 2 == 0 ? ColumnSpill(limit: 1, folder: "/var/tmp", leastBytes: 1) : nil
      let joined = DerivedValues(joining: pieces.map { DerivedValues($0, of: type) }, in: spill)
      let expected = pieces.flatMap(\.self)
      try #require(joined.count == expected.count)
      for (row, value) in expected.enumerated() {
        #expect(String(describing: joined[row]) == String(describing: value), "\(row)")
      }
      #expect(joined[expected.count].blame?.isNone == true)
    }
  }

  @Test(
    "Values that have no number are kept as they are, together with those that have",
    arguments: [
      (.int, .int(.min)), (.int, .int(.min / 2 - 1)), (.date, .datetime(.init(seconds: 7))),
      (.bool, .string("yes")),
    ] as [(ValueType, Value)])
  func numberless(type: ValueType, odd: Value) {
    var generator = Generator(state: 7)
    let usual = (0..<50).map { _ in value(type, &generator) }
    let joined = DerivedValues(
      joining: [usual, usual + [odd], usual].map { DerivedValues($0, of: type) }, in: nil)
    let expected = usual + usual + [odd] + usual
    #expect(
      (0..<joined.count).map { String(describing: joined[$0]) }
        == expected.map { String(describing: $0) })
  }
}
