import CFieldScan
import Testing

/// The vector scans of this machine against the portable one, which looks at one byte at a time.
@Suite("Field scan")
struct FieldScanTests {
  private struct Outcome: Equatable {
    var kind: UInt32
    var length = 0
    var next = 0
    var fields: [ClosedRange<Int32>] = []
  }

  private typealias Scan = (
    UnsafePointer<UInt8>, Int, UInt8, UInt8, UnsafeMutablePointer<casecheck_field>, UInt32
  ) -> casecheck_line

  /// `unsafe`: both arrays are lent for the call only, with their own counts.
  private func outcome(of scan: Scan, on bytes: [UInt8], most: Int) -> Outcome {
    var fields = [casecheck_field](repeating: casecheck_field(), count: most)
    let line = unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe fields.withUnsafeMutableBufferPointer { fields in
        unsafe bytes.baseAddress.flatMap { start in
          unsafe fields.baseAddress.map { room in
            unsafe scan(start, bytes.count, 0x2C, 0x22, room, UInt32(fields.count))
          }
        }
      }
    }
    guard let line else { return Outcome(kind: .max) }
    // Where the line is not plain, nothing else is promised.
    guard line.outcome == casecheck_plain else { return Outcome(kind: line.outcome.rawValue) }
    return Outcome(
      kind: line.outcome.rawValue, length: Int(line.length), next: Int(line.next),
      fields: fields.prefix(Int(line.fields)).map { $0.start...$0.end })
  }

  @Test("Every special byte at every place about the borders of the blocks", arguments: 0...140)
  func places(_ place: Int) {
    for special: [UInt8] in [[0x2C], [0x22], [0x0A], [0x0D], [0x0D, 0x0A], [0x0D, 0x61]] {
      for count in [place + special.count, place + special.count + 1, 200] {
        var bytes = [UInt8](repeating: 0x61, count: count)
        bytes.replaceSubrange(place..<place + special.count, with: special)
        compare(bytes, most: 8)
      }
    }
  }

  @Test("Random lines, with more fields than there is room for too", arguments: 0..<8)
  func random(_ seed: Int) {
    var generator = FixedGenerator(state: UInt64(seed) + 4000)
    for _ in 0..<4000 {
      let rare: [UInt8] = [0x0A, 0x0D, 0x22]
      let bytes: [UInt8] = (0..<Int.random(in: 1...300, using: &generator)).map { _ in
        Int.random(in: 0..<80, using: &generator) == 0
          ? rare.randomElement(using: &generator) ?? 0x0A
          : [0x2C, 0x61, 0x61, 0x61, 0, 0xFF].randomElement(using: &generator) ?? 0x61
      }
      compare(bytes, most: Int.random(in: 1...64, using: &generator))
    }
  }

  private func compare(_ bytes: [UInt8], most: Int) {
    func outcome(_ way: casecheck_way) -> Outcome {
      unsafe self.outcome(
        of: { unsafe casecheck_scan_line_by(way, $0, $1, $2, $3, $4, $5) }, on: bytes, most: most)
    }
    let portable = outcome(casecheck_portable)
    let chosen = unsafe self.outcome(
      of: { unsafe casecheck_scan_line($0, $1, $2, $3, $4, $5) }, on: bytes, most: most)
    #expect(chosen == portable)
    for way in [casecheck_sse2, casecheck_avx2, casecheck_neon] where casecheck_has_way(way) != 0 {
      #expect(outcome(way) == portable, "\(way)")
    }
  }
}
