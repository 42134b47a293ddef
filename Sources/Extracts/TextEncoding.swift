/// How the characters of a file are written as bytes.
public enum TextEncoding: String, CaseIterable, Hashable, Sendable {
  /// UTF-8, with or without a byte-order mark.
  case utf8 = "utf-8"
  /// UTF-16, least byte first.
  case utf16LittleEndian = "utf-16le"
  /// UTF-16, greatest byte first.
  case utf16BigEndian = "utf-16be"
  /// Windows code page 1252, Western European.
  case windows1252 = "windows-1252"
}
