extension DateFormat {
  /// Writes a date and a time in this format: numbers padded with zeros, names in English.
  ///
  /// An optional group is written if it adds something: its hour, or minutes or seconds that are
  /// not
  /// 0. A missing part of the value is written as zeros. Reading the result gives the value back.
  public func write(date: CalendarDate?, secondOfDay: Int?) -> String {
    var text: [UInt8] = []
    var index = 0
    while index < items.count {
      if case .group(let end) = items[index],
        !items[index + 1..<end].contains(where: { $0.matters(secondOfDay) })
      {
        index = end
        continue
      }
      items[index].write(date, secondOfDay ?? 0, to: &text)
      index += 1
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The ways in which programs and people write a date and a time in this format.
  ///
  /// Numbers with and without a zero before them, names also in capitals and in small letters, and
  /// optional groups both written and left out, if that loses nothing. Fractions of a second and
  /// zones are not among them.
  public func spellings(date: CalendarDate?, secondOfDay: Int?) -> Set<String> {
    let texts = spellings(from: 0, date, secondOfDay).map { String(decoding: $0, as: UTF8.self) }
    let spaced = reader == .isoDateTime ? texts.map { $0.replacing("T", with: " ") } : []
    return Set(texts + spaced)
  }

  private func spellings(from index: Int, _ date: CalendarDate?, _ secondOfDay: Int?) -> [[UInt8]] {
    guard index < items.count else { return [[]] }
    let after = spellings(from: index + 1, date, secondOfDay)
    if case .group(let end) = items[index] {
      let isLost = items[index + 1..<end].contains { $0.matters(secondOfDay) }
      return after + (isLost ? [] : spellings(from: end, date, secondOfDay))
    }
    let own = items[index].spellings(date, secondOfDay ?? 0)
    return own.flatMap { start in after.map { start + $0 } }
  }
}

extension DateFormatItem {
  /// Whether leaving this out would lose something of the time.
  fileprivate func matters(_ secondOfDay: Int?) -> Bool {
    guard let secondOfDay else { return false }
    return switch self {
    case .hour, .hour12: true
    case .minute: secondOfDay / 60 % 60 != 0
    case .second: secondOfDay % 60 != 0
    default: false
    }
  }

  fileprivate func write(_ date: CalendarDate?, _ secondOfDay: Int, to text: inout [UInt8]) {
    let hour = secondOfDay / 3600
    switch self {
    case .literal(let byte): text.append(byte)
    case .group: break
    case .day: text += padded(date?.day ?? 0, 2).utf8
    case .month: text += padded(date?.month ?? 0, 2).utf8
    case .year: text += padded(date?.year ?? 0, 4).utf8
    case .shortYear: text += padded((date?.year ?? 0) % 100, 2).utf8
    case .dayOfYear: text += padded(date?.dayOfYear ?? 0, 3).utf8
    case .monthName: text += MonthNames.name(date?.month ?? 0).utf8
    case .shortMonthName: text += MonthNames.name(date?.month ?? 0).utf8.prefix(3)
    case .hour: text += padded(hour, 2).utf8
    case .hour12: text += padded(hour % 12 == 0 ? 12 : hour % 12, 2).utf8
    case .half: text += (hour < 12 ? "AM" : "PM").utf8
    case .minute: text += padded(secondOfDay / 60 % 60, 2).utf8
    case .second: text += padded(secondOfDay % 60, 2).utf8
    }
  }
  fileprivate func spellings(_ date: CalendarDate?, _ secondOfDay: Int) -> [[UInt8]] {
    var text: [UInt8] = []
    write(date, secondOfDay, to: &text)
    switch self {
    case .day(false), .month(false), .hour(false), .hour12(false):
      return text.first == UInt8(ascii: "0") ? [text, Array(text.dropFirst())] : [text]
    case .monthName, .shortMonthName, .half:
      let name = String(decoding: text, as: UTF8.self)
      return [text, Array(name.uppercased().utf8), Array(name.lowercased().utf8)]
    default: return [text]
    }
  }
}
