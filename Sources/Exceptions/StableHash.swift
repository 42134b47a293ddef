/// The 64-bit FNV-1a hash of some bytes (<http://www.isthe.com/chongo/tech/comp/fnv/>).
///
/// `Hasher` cannot be used: it gives another number in every process, and file names must not
/// change.
public func stableHash(_ bytes: some Sequence<UInt8>) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in bytes {
    hash ^= UInt64(byte)
    hash = hash &* 0x0000_0100_0000_01b3
  }
  return hash
}

/// The hash in all its 16 hexadecimal digits, or in 8, with both halves combined.
public func hexDigits(_ hash: UInt64, short: Bool) -> String {
  let number = short ? (hash >> 32) ^ (hash & 0xffff_ffff) : hash
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: (short ? 8 : 16) - digits.utf8.count) + digits
}
