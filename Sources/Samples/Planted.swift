/// The faults that a run has to find, as rows of `planted.csv`.
struct PlantedFaults {
  static let heading = "rule,table,record_id,person_id,field,what\n"

  private(set) var bytes: [UInt8] = []
  private(set) var count = 0

  /// Adds a fault; none of its texts may need quotes.
  mutating func add(
    rule: String, table: String, record: String, person: String, field: String, what: String
  ) {
    for (index, text) in [rule, table, record, person, field, what].enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += text.utf8
    }
    bytes.append(UInt8(ascii: "\n"))
    count += 1
  }
}
