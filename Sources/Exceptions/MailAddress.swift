/// Tells plain mail addresses from texts that mean several addresses, or something else.
public enum MailAddress {
  /// Whether a text is one plain address.
  ///
  /// That is RFC 5321 without quotes, comments, names, routes and lists. Addresses come from
  /// extracts and go to a mail program: a comma would add a receiver, a line end a header.
  public static func isPlain(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, text.utf8.count <= 254 else { return false }
    let local = Set(
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+/=?^_`{|}~-")
    let host = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")
    guard parts[0].allSatisfy({ local.contains($0) }), parts[1].allSatisfy({ host.contains($0) })
    else { return false }
    // The mail program would read a leading dash as an option; dots at either end make no address.
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return parts[0].first != "-" && parts[0].first != "." && parts[0].last != "."
      && labels.allSatisfy { !$0.isEmpty && $0.first != "-" && $0.last != "-" }
  }
}
