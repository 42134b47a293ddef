public import Exceptions
public import WorkingTime

/// A file of waivers, in the form in which people keep it.
public func waiverFile(_ waivers: [Waiver]) -> [UInt8] {
  var list = CSVWriter()
  list.row([
    "rule", "table", "record_id", "occasion", "reason", "agreed_by", "agreed_on", "until", "digest",
  ])
  for waiver in waivers {
    list.text(waiver.rule)
    list.text(waiver.table)
    list.text(waiver.record)
    list.number(waiver.occasion)
    list.text(waiver.reason)
    list.text(waiver.agreedBy)
    list.plain(waiver.agreedOn.description)
    list.plain(waiver.until.description)
    list.plain(waiver.digest)
    list.endRow()
  }
  return list.bytes
}

/// The waivers in plain text, as they stand on a day.
public func waiverTable(_ waivers: [Waiver], asOf: CalendarDate) -> String {
  if waivers.isEmpty { return "There is no waiver.\n" }
  var table = TextTable([
    .text("rule", most: 30), .text("table", most: 20), .text("record", most: 20),
    .text("agreed by", most: 20), .text("until", most: 10), .text("standing", most: 9),
    .text("reason", most: 40),
  ])
  for waiver in waivers {
    let standing =
      waiver.until < asOf ? "ended" : waiver.agreedOn > asOf ? "not yet" : "in force"
    let record = waiver.record + (waiver.occasion.map { "#\($0)" } ?? "")
    table.add([
      waiver.rule, waiver.table.isEmpty ? "(any)" : waiver.table, record, waiver.agreedBy,
      waiver.until.description, standing, waiver.reason,
    ])
  }
  return table.lines.joined(separator: "\n") + "\n"
}
