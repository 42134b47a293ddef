import Exceptions
import Foundation
public import WorkingTime

/// A mail, composed as RFC 5322 and RFC 2045 to 2047 describe.
public struct MailMessage: Sendable {
  /// An attached file.
  public struct Attachment: Sendable {
    /// Its name; ASCII.
    public var name: String
    /// Its media type.
    public var type: String
    /// Its bytes.
    public var contents: [UInt8]
  }

  /// The sender's address.
  public var from: String
  /// The receiver's address.
  public var to: String
  /// The subject.
  public var subject: String
  /// The day it is dated.
  public var date: CalendarDate
  /// What distinguishes it from any other mail, without the angle brackets and the host.
  ///
  /// Letters, digits, `.` and `-`.
  public var identity: String
  /// 1 for what was first sent for its day, more for a correction; it is not part of the body.
  public var edition = 1
  /// The text for programs that show no HTML.
  public var text: [UInt8]
  /// The same as HTML.
  public var html: [UInt8]
  /// The attached files.
  public var attachments: [Attachment] = []

  /// A mail without attachments.
  public init(
    from: String, to: String, subject: String, date: CalendarDate, identity: String,
    text: [UInt8], html: [UInt8]
  ) {
    self.from = from
    self.to = to
    self.subject = subject
    self.date = date
    self.identity = identity
    self.text = text
    self.html = html
  }

  /// The bytes, with line feeds as line ends, as sendmail takes them on its standard input.
  ///
  /// `To` is the first header, so that the code that hands the mail over need not search for it.
  public var bytes: [UInt8] {
    let host = from.split(separator: "@").last.map(String.init) ?? "localhost"
    let (heading, number) = edition > 1 ? ("Corrected: " + subject, ".\(edition)") : (subject, "")
    var lines = [
      "To: \(to)", "From: \(from)", "Subject: \(MailMessage.encodedWords(heading))",
      "Date: \(MailMessage.written(date))", "Message-ID: <\(identity)\(number)@\(host)>",
      "MIME-Version: 1.0",
      // Stops automatic replies, such as holiday notices (RFC 3834).
      "Auto-Submitted: auto-generated",
    ]
    let boundary = "casecheck-" + hexDigits(stableHash(Array(identity.utf8) + text), short: false)
    let alternatives = [
      MailMessage.part("text/plain; charset=utf-8", text),
      MailMessage.part("text/html; charset=utf-8", html),
    ]
    if attachments.isEmpty {
      lines += MailMessage.multipart("alternative", boundary, alternatives)
    } else {
      let inner = MailMessage.multipart("alternative", boundary + "-a", alternatives)
      let files = attachments.map { file in
        MailMessage.part(
          file.type, file.contents,
          ["Content-Disposition: attachment; filename=\"\(file.name)\""])
      }
      lines += MailMessage.multipart("mixed", boundary, [inner] + files)
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private static func multipart(_ kind: String, _ boundary: String, _ parts: [[String]]) -> [String]
  {
    var lines = ["Content-Type: multipart/\(kind); boundary=\"\(boundary)\"", ""]
    for part in parts { lines += ["--" + boundary] + part }
    return lines + ["--\(boundary)--"]
  }

  private static func part(_ type: String, _ contents: [UInt8], _ more: [String] = []) -> [String] {
    let data = Data(contents).base64EncodedString(options: [
      .lineLength76Characters, .endLineWithLineFeed,
    ])
    return ["Content-Type: \(type)", "Content-Transfer-Encoding: base64"] + more + ["", data]
  }

  /// A header's text in words of at most 75 characters (RFC 2047), split between characters.
  static func encodedWords(_ text: String) -> String {
    if text.utf8.count < 60, text.unicodeScalars.allSatisfy({ 0x20..<0x7F ~= $0.value }),
      !text.contains("=?")
    {
      return text
    }
    var words: [String] = []
    var piece: [UInt8] = []
    func flush() {
      if !piece.isEmpty { words.append("=?utf-8?B?\(Data(piece).base64EncodedString())?=") }
      piece = []
    }
    // The first word shares its line with the header's name; `Subject: ` is the longest here.
    var most = 36
    for scalar in text.unicodeScalars {
      // A line end would begin another header.
      let bytes = scalar.value < 0x20 ? [0x20] : Array(String(scalar).utf8)
      if piece.count + bytes.count > most {
        flush()
        most = 42
      }
      piece += bytes
    }
    flush()
    return words.joined(separator: "\n ")
  }

  /// `Sun, 31 Jan 2016 06:00:00 +0000`.
  static func written(_ date: CalendarDate) -> String {
    let (year, month, day) = date.components
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let name = date.weekday.name
    return
      "\(name.prefix(1).uppercased())\(name.dropFirst().prefix(2)), \(day) \(months[month - 1]) \(year) 06:00:00 +0000"
  }
}
