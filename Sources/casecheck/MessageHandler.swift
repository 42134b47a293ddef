import Diagnostics
import Foundation
import Logging

/// Writes messages to standard error: as text for people, or as one JSON object per line.
struct MessageHandler: LogHandler {
  let format: OutputOptions.LogFormat
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.notice

  init(format: OutputOptions.LogFormat) { self.format = format }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Escapes every character in the JSON that a terminal acts on, in the form `\u009b`.
  ///
  /// People read logs on terminals too.
  private static func ascii(_ json: String) -> String {
    guard json.unicodeScalars.contains(where: isActedOn) else { return json }
    return json.unicodeScalars.map { isActedOn($0) ? jsonEscape($0) : String($0) }.joined()
  }

  func log(event: LogEvent) {
    var line: String
    switch format {
    case .text: line = harmless(event.message.description)
    case .json:
      let fields = ["level": event.level.rawValue, "message": event.message.description]
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      line = (try? encoder.encode(fields)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
      line = Self.ascii(line)
    }
    Console.warn(line + "\n")
  }
}
