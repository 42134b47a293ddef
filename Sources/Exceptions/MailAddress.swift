/// Tells an address that mail may be sent to from texts that mean more than one, or something else.
public enum MailAddress {
  /// Whether a text is one plain address (RFC 5321, without quotes, comments, names, routes and
  /// lists).
  ///
  /// Addresses come out of extracts and go to a mail program: a comma would add a receiver, a line
  /// end a header.
  public static func isPlain(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, text.utf8.count <= 254 else { return false }
    let local = Set(
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+/=?^_`{|}~-")
    let host = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")
    guard parts[0].allSatisfy({ local.contains($0) }), parts[1].allSatisfy({ host.contains($0) })
    else { return false }
    // A dash in front would be an option of the mail program, dots at the ends no address at all.
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return parts[0].first != "-" && parts[0].first != "." && parts[0].last != "."
      && labels.allSatisfy { !$0.isEmpty && $0.first != "-" && $0.last != "-" }
  }
}
