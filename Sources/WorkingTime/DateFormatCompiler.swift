/// Turns a pattern into steps, and refuses one that could not always give a whole date or time.
enum DateFormatCompiler {
  static func compile(_ pattern: String) throws(DateFormatFault) -> [DateFormatItem] {
    let items = try steps(of: pattern)
    guard items.contains(where: { $0.part != nil }) else { throw .readsNothing }
    let variants = variants(of: items)
    for variant in variants { try check(variant.map { items[$0] }) }
    let dated = variants.filter { $0.contains { items[$0].part == "year" } }
    guard dated.isEmpty || dated.count == variants.count else { throw .incompleteDate }
    return fixingWidths(items, variants)
  }

  /// Every way of taking or leaving the groups, the longest first, as lists of item indices.
  static func variants(of items: [DateFormatItem]) -> [[Int]] {
    var variants: [[Int]] = [[]]
    var index = 0
    while index < items.count {
      if case .group(let end) = items[index] {
        let taken = Array(index + 1..<end)
        variants = variants.map { $0 + taken } + variants
        index = end
      } else {
        variants = variants.map { $0 + [index] }
        index += 1
      }
    }
    return variants
  }

  private static func steps(of pattern: String) throws(DateFormatFault) -> [DateFormatItem] {
    var items: [DateFormatItem] = []
    var openGroup: Int?
    var groups = 0
    var characters = pattern.makeIterator()
    while let character = characters.next() {
      switch character {
      case "%":
        guard let directive = characters.next() else { throw .endsInPercent }
        items += try step(for: directive)
      case "[":
        guard openGroup == nil else { throw .unbalancedGroup }
        groups += 1
        openGroup = items.count
        items.append(.group(end: 0))
      case "]":
        guard let start = openGroup else { throw .unbalancedGroup }
        items[start] = .group(end: items.count)
        openGroup = nil
      default:
        items += character.utf8.map(DateFormatItem.literal)
      }
    }
    guard openGroup == nil else { throw .unbalancedGroup }
    guard groups <= DateFormat.mostGroups else { throw .tooManyGroups }
    return items
  }

  private static func step(for directive: Character) throws(DateFormatFault) -> [DateFormatItem] {
    switch directive {
    case "d": [.day(fixed: false)]
    case "m": [.month(fixed: false)]
    case "Y": [.year]
    case "y": [.shortYear]
    case "b": [.shortMonthName]
    case "B": [.monthName]
    case "H": [.hour(fixed: false)]
    case "I": [.hour12(fixed: false)]
    case "p": [.half]
    case "M": [.minute]
    case "S": [.second]
    case "j": [.dayOfYear]
    case "%", "[", "]": directive.utf8.map(DateFormatItem.literal)
    default: throw .unknownDirective("%\(directive)")
    }
  }

  /// Checks one way of taking the groups.
  private static func check(_ items: [DateFormatItem]) throws(DateFormatFault) {
    var parts: Set<String> = []
    for item in items {
      guard let part = item.part else { continue }
      guard parts.insert(part).inserted else { throw .repeated(part: part) }
    }
    let ofDate = parts.intersection(["year", "month", "day", "day of the year"])
    guard
      ofDate.isEmpty || ofDate == ["year", "month", "day"]
        || ofDate == ["year", "day of the year"]
    else { throw .incompleteDate }
    let hour12 = items.contains { if case .hour12 = $0 { true } else { false } }
    guard !parts.contains("minute") || parts.contains("hour"),
      !parts.contains("second") || parts.contains("minute"),
      hour12 == parts.contains("half of the day")
    else { throw .incompleteTime }
  }

  /// Fixes the width of every number that may be next to a digit, so that a text has one reading.
  private static func fixingWidths(_ items: [DateFormatItem], _ variants: [[Int]])
    -> [DateFormatItem]
  {
    var result = items
    for variant in variants {
      for (left, right) in zip(variant, variant.dropFirst())
      where items[left].readsDigits && items[right].readsDigits {
        result[left] = items[left].fixed
        result[right] = items[right].fixed
      }
    }
    return result
  }
}
