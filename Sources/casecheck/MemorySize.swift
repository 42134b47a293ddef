import ArgumentParser

/// An amount of memory as people write it: `512M`, `4G`.
struct MemorySize: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    let units: [Character: Int] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
    var digits = argument.uppercased()
    if digits.hasSuffix("B") { digits.removeLast() }
    var unit = 1
    if let last = digits.last, let known = units[last] {
      unit = known
      digits.removeLast()
    }
    guard let number = Int(digits), number > 0 else { return nil }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: unit)
    // More than any machine has, with room for calculations on it.
    guard !overflow, bytes <= 1 << 60 else { return nil }
    self.bytes = bytes
  }
}
