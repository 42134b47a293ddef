import Diagnostics
import WorkingTime

/// Reads a calendar of working days.
struct CalendarLoader {
  static let keys = ["calendar", "title", "description", "source", "weekend", "covers", "holidays"]

  let collector: DiagnosticCollector

  func load(_ declaration: Declarations.Declaration) -> WorkingCalendar? {
    guard
      let reader = MappingReader(
        declaration.node, "this file", keys: Self.keys + Declarations.sharedKeys,
        mayBeEmpty: Declarations.sharedKeys, into: collector)
    else { return nil }
    var weekend: Set<Weekday> = []
    for name in reader.scalars("weekend") {
      guard let day = Weekday(name: name.text ?? "") else {
        let days = Weekday.allCases.map(\.name)
        collector.report(
          "`\(name.text ?? "")` is not a day of the week", at: name.position,
          advice: suggestion(for: name.text ?? "", among: days.map { $0.lowercased() }))
        continue
      }
      weekend.insert(day)
    }
    if !reader.has("weekend") { weekend = [.saturday, .sunday] }
    if weekend.count == 7 {
      reader.report("this calendar has no working day", key: "weekend")
      return nil
    }
    let holidays = self.holidays(reader)
    guard let (covers, isInOrder) = coverage(reader, holidays: holidays) else { return nil }
    for holiday in holidays where !covers.contains(holiday.date) {
      collector.report(
        "\(holiday.date) lies outside what this calendar covers", at: holiday.position,
        advice: "It covers \(covers.lowerBound) to \(covers.upperBound)")
    }
    let bare = Set(covers.lowerBound.year...covers.upperBound.year).subtracting(
      holidays.map(\.date.year))
    // If the range is written the wrong way round, years without holidays are no second mistake.
    if !bare.isEmpty, isInOrder {
      let years = Self.spans(bare).joined(separator: ", ")
      collector.warnEveryRun(
        "this calendar covers \(years) and has no holiday then: every weekday would be a working day",
        at: reader.position(of: reader.has("covers") ? "covers" : "holidays"),
        advice: "Add the holidays, or let `covers` end before")
    }
    return WorkingCalendar(
      name: declaration.name, weekend: weekend,
      holidays: holidays.map(\.date).filter { covers.contains($0) }, covers: covers)
  }

  /// Years in words, such as `2014, 2016 to 2020`.
  private static func spans(_ years: Set<Int>) -> [String] {
    let starts = years.filter { !years.contains($0 - 1) }.sorted()
    return starts.map { start in
      var end = start
      while years.contains(end + 1) { end += 1 }
      return end == start ? "\(start)" : "\(start) to \(end)"
    }
  }

  private func holidays(_ reader: MappingReader) -> [(date: CalendarDate, position: SourcePosition)]
  {
    var found: [(date: CalendarDate, position: SourcePosition)] = []
    func add(_ node: YAMLNode) {
      guard let date = CalendarDate(iso: node.text ?? "") else {
        collector.report(
          "\(node.text.map { "`\($0)`" } ?? node.described) is not a date", at: node.position,
          advice: CalendarDate.advice(on: node.text ?? ""))
        return
      }
      found.append((date, node.position))
    }
    guard let holidays = reader.value("holidays") else { return [] }
    switch holidays.content {
    case .scalar:
      add(holidays)
    case .mapping(let pairs):
      for (key, _) in pairs { add(key) }
    case .sequence(let elements):
      for element in elements {
        if case .mapping = element.content {
          guard
            let entry = MappingReader(
              element, "a holiday", keys: ["date", "name", "title"], into: collector)
          else { continue }
          if let date = entry.scalar("date") {
            add(date)
          } else if !entry.has("date") {
            entry.report("a holiday needs its `date`")
          }
        } else {
          add(element)
        }
      }
    }
    return found
  }

  /// The range that the calendar says it covers, or the years from its first to its last holiday.
  ///
  /// `isInOrder` tells whether that range is written the right way round.
  private func coverage(
    _ reader: MappingReader, holidays: [(date: CalendarDate, position: SourcePosition)]
  ) -> (days: ClosedRange<CalendarDate>, isInOrder: Bool)? {
    if let node = reader.value("covers") {
      guard
        let covers = MappingReader(node, "`covers`", keys: ["from", "to"], into: collector),
        let from = covers.date("from"), let to = covers.date("to")
      else {
        reader.report("`covers` needs a `from` and a `to`", key: "covers")
        return nil
      }
      guard from <= to else {
        reader.report("`covers` ends before it begins", key: "covers")
        return (to...from, false)
      }
      return (from...to, true)
    }
    guard let first = holidays.map(\.date).min(), let last = holidays.map(\.date).max(),
      let from = CalendarDate(year: first.year, month: 1, day: 1),
      let to = CalendarDate(year: last.year, month: 12, day: 31)
    else {
      reader.report("a calendar without holidays has to say what it `covers`")
      return nil
    }
    return (from...to, true)
  }
}
