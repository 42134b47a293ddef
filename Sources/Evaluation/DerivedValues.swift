import Expressions
import Values

/// The values of a derived column in the rows of a table, from the first on; worked out once.
///
/// They are kept as numbers wherever their type has a form for that, in memory that a file can
/// lend: as `Value`s, those of large extracts would take more memory than the extracts.
final class DerivedValues: Sendable {
  private enum Storage: Sendable {
    case narrow(DerivedForm, ColumnValues<Int32>)
    case wide(DerivedForm, ColumnValues<Int64>)
    case asTheyAre([Value])
  }

  private let storage: Storage
  /// What is to blame for the absent values; the first is nothing.
  private let blames: GrowingValues<Blame>
  /// What gave the numbers of texts.
  let texts: StringPool

  private init(_ storage: Storage, blames: GrowingValues<Blame>, texts: StringPool) {
    self.storage = storage
    self.blames = blames
    self.texts = texts
  }

  /// Takes values of a type.
  convenience init(_ values: [Value], of type: ValueType) {
    var blames = GrowingValues<Blame>()
    blames.append(.none)
    var texts = StringPool()
    let storage =
      Self.numbers(values, type, &blames, &texts).map { form, numbers in
        form.isNarrow
          ? Storage.narrow(form, ColumnValues(numbers.map { Int32(truncatingIfNeeded: $0) }))
          : .wide(form, ColumnValues(numbers))
      }
    self.init(storage ?? .asTheyAre(values), blames: blames, texts: texts)
  }

  /// The numbers for values; nil where one of them has none.
  private static func numbers(
    _ values: [Value], _ type: ValueType, _ blames: inout GrowingValues<Blame>,
    _ texts: inout StringPool
  ) -> (DerivedForm, [Int64])? {
    guard let form = DerivedForm(type) else { return nil }
    let least = form.isNarrow ? Int64(Int32.min) : .min
    var numbers: [Int64] = []
    numbers.reserveCapacity(values.count)
    for value in values {
      switch value {
      case .absent(let blame) where blame.isNone: numbers.append(least)
      case .absent(let blame):
        numbers.append(least + Int64(blames.count))
        blames.append(blame)
      default:
        guard let number = form.number(value, &texts), number >= least / 2 else { return nil }
        numbers.append(number)
      }
    }
    return (form, numbers)
  }

  /// Joins values of one type, in order, in memory that a file may lend.
  convenience init(joining pieces: [DerivedValues], in spill: ColumnSpill?) {
    var blames = GrowingValues<Blame>(in: spill)
    blames.append(.none)
    var texts = StringPool(in: spill)
    let count = pieces.reduce(0) { $0 + $1.count }
    let narrow = pieces.compactMap(\.narrow)
    let wide = pieces.compactMap(\.wide)
    let storage: Storage
    if let form = narrow.first?.form, narrow.count == pieces.count {
      let numbers = ColumnValues<Int32>(count: count, in: spill) { numbers in
        Self.join(pieces, narrow.map(\.numbers), &numbers, &blames, &texts)
      }
      storage = .narrow(form, numbers)
    } else if let form = wide.first?.form, wide.count == pieces.count {
      let numbers = ColumnValues<Int64>(count: count, in: spill) { numbers in
        Self.join(pieces, wide.map(\.numbers), &numbers, &blames, &texts)
      }
      storage = .wide(form, numbers)
    } else {
      storage = .asTheyAre(pieces.flatMap { piece in (0..<piece.count).map { piece[$0] } })
    }
    self.init(storage, blames: blames, texts: texts)
  }

  private static func join<Number: FixedWidthInteger & SignedInteger & BitwiseCopyable>(
    _ pieces: [DerivedValues], _ numbers: [ColumnValues<Number>],
    _ joined: inout MutableSpan<Number>, _ blames: inout GrowingValues<Blame>,
    _ texts: inout StringPool
  ) {
    let leastOfValues = Number.min / 2
    var place = 0
    for (piece, numbers) in zip(pieces, numbers) {
      let blamesBefore = Number(truncatingIfNeeded: blames.count - 1)
      for blame in 1..<max(piece.blames.count, 1) { blames.append(piece.blames[blame]) }
      var textNumbers: [Int32] = []
      piece.texts.forEach { _, text in textNumbers.append(texts.number(ofBytes: text)) }
      for number in numbers {
        joined[place] =
          if number >= leastOfValues {
            textNumbers.isEmpty
              ? number : Number(truncatingIfNeeded: textNumbers[Int(number)])
          } else {
            number == .min ? number : number + blamesBefore
          }
        place += 1
      }
    }
  }

  private var narrow: (form: DerivedForm, numbers: ColumnValues<Int32>)? {
    if case .narrow(let form, let numbers) = storage { (form, numbers) } else { nil }
  }

  private var wide: (form: DerivedForm, numbers: ColumnValues<Int64>)? {
    if case .wide(let form, let numbers) = storage { (form, numbers) } else { nil }
  }

  var count: Int {
    switch storage {
    case .narrow(_, let numbers): numbers.count
    case .wide(_, let numbers): numbers.count
    case .asTheyAre(let values): values.count
    }
  }

  /// The value in a row; absent, with nothing to blame, in a row that there is not.
  subscript(row: Int) -> Value {
    guard row < count else { return .unexplained }
    switch storage {
    case .narrow(let form, let numbers):
      let number = numbers[row]
      return number < Self.leastNarrow
        ? .absent(blame(number)) : form.value(Int64(number), texts)
    case .wide(let form, let numbers):
      let number = numbers[row]
      return number < Int64.min / 2
        ? .absent(blames[Int(number - .min)]) : form.value(number, texts)
    case .asTheyAre(let values): return values[row]
    }
  }

  /// The numbers of values of a form that takes four bytes, to be read without a switch.
  func numbers(_ wanted: DerivedForm) -> ColumnValues<Int32>? {
    if case .narrow(wanted, let numbers) = storage { numbers } else { nil }
  }

  /// Numbers below this one stand for absent, among those of four bytes.
  static var leastNarrow: Int32 { .min / 2 }

  /// What is to blame where a number of four bytes stands for absent.
  func blame(_ number: Int32) -> Blame { blames[Int(number - .min)] }
}
