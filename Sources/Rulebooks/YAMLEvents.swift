import CLibYAML

/// One event of a YAML text, with its place.
struct YAMLEvent {
  enum Kind {
    case scalar(String, style: YAMLNode.ScalarStyle)
    case sequenceStart
    case sequenceEnd
    case mappingStart
    case mappingEnd
    case alias
    case documentStart
    case documentEnd
    case streamStart
    case streamEnd
  }

  var kind: Kind
  /// The anchor of a value, or the anchor that an alias refers to.
  var anchor: String?
  /// The tag of the value.
  var tag: String?
  /// The line on which it starts, from 1.
  var line: Int
  /// The column at which it starts, from 1.
  var column: Int
  /// The line on which it ends, from 1.
  var lastLine: Int
}

/// Why a YAML text cannot be read any further.
enum YAMLFault: Error {
  /// It breaks the grammar; in libyaml's words.
  case grammar(String, line: Int, column: Int)
  /// A quote or bracket opened at this place is not closed before the line `before`.
  case unclosed(String, line: Int, column: Int, before: Int)
  /// It contains characters that YAML does not allow; in libyaml's words.
  case characters(String)
  /// A mapping repeats keys.
  case repeatedKeys([String], line: Int, column: Int)
  /// It nests too deeply to be read to its end.
  case nesting
  /// libyaml ran out of memory.
  case memory
}

/// The events of a YAML text, in order; only this file uses libyaml.
///
/// Safe, although it keeps pointers, because both belong to this value alone: they are made in
/// `init` and released in `deinit`, and no caller sees them. libyaml reads the copy of the text for
/// as long as the parser lives.
@safe
struct YAMLEvents: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>

  /// The events of `text`.
  init(of text: String) {
    var text = text
    unsafe input = text.withUTF8 { bytes in
      let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
      _ = unsafe copy.initialize(from: bytes)
      return unsafe copy
    }
    unsafe parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    unsafe parser.initialize(to: yaml_parser_t())
    // It can only fail for want of memory, which the next call then reports.
    unsafe yaml_parser_initialize(parser)
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, input.baseAddress, input.count)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe input.deallocate()
  }

  /// The next event; after the last one, always `streamEnd`.
  ///
  /// If the caller does not need the value (`isRead` is false), the text of a scalar without an
  /// anchor is left empty.
  mutating func next(isRead: Bool = true) throws(YAMLFault) -> YAMLEvent {
    var event = unsafe yaml_event_t()
    guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw fault }
    // Everything needed from the event is copied below before libyaml frees it here.
    defer { unsafe yaml_event_delete(&event) }
    return unsafe YAMLEvent(
      kind: Self.kind(of: event, isRead: isRead), anchor: Self.anchor(of: event),
      tag: Self.tag(of: event),
      line: Int(event.start_mark.line) + 1, column: Int(event.start_mark.column) + 1,
      lastLine: Int(event.end_mark.line) + 1)
  }

  private static func kind(of event: yaml_event_t, isRead: Bool) -> YAMLEvent.Kind {
    let type = unsafe event.type
    switch type {
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      let isWanted = unsafe isRead || scalar.anchor != nil
      guard isWanted else { return .scalar("", style: .plain) }
      let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      return .scalar(
        unsafe String(decoding: bytes, as: UTF8.self), style: style(unsafe scalar.style))
    case YAML_SEQUENCE_START_EVENT: return .sequenceStart
    case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
    case YAML_MAPPING_START_EVENT: return .mappingStart
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    case YAML_ALIAS_EVENT: return .alias
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_STREAM_START_EVENT: return .streamStart
    default: return .streamEnd
    }
  }

  private static func style(_ style: yaml_scalar_style_t) -> YAMLNode.ScalarStyle {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  private static func anchor(of event: yaml_event_t) -> String? {
    switch unsafe event.type {
    case YAML_SCALAR_EVENT: unsafe text(event.data.scalar.anchor)
    case YAML_SEQUENCE_START_EVENT: unsafe text(event.data.sequence_start.anchor)
    case YAML_MAPPING_START_EVENT: unsafe text(event.data.mapping_start.anchor)
    case YAML_ALIAS_EVENT: unsafe text(event.data.alias.anchor)
    default: nil
    }
  }

  private static func tag(of event: yaml_event_t) -> String? {
    switch unsafe event.type {
    case YAML_SCALAR_EVENT: unsafe text(event.data.scalar.tag)
    case YAML_SEQUENCE_START_EVENT: unsafe text(event.data.sequence_start.tag)
    case YAML_MAPPING_START_EVENT: unsafe text(event.data.mapping_start.tag)
    default: nil
    }
  }

  private static func text(_ bytes: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    guard let bytes = unsafe bytes else { return nil }
    return unsafe String(decodingCString: bytes, as: UTF8.self)
  }

  private var fault: YAMLFault {
    let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? ""
    let kind = unsafe parser.pointee.error
    switch kind {
    case YAML_MEMORY_ERROR, YAML_NO_ERROR: return .memory
    case YAML_READER_ERROR: return .characters(problem)
    default:
      let mark = unsafe parser.pointee.problem_mark
      let context = unsafe parser.pointee.context.map { unsafe String(cString: $0) } ?? ""
      if context.contains("quoted scalar") || context.contains("flow ") {
        let opening = unsafe parser.pointee.context_mark
        return .unclosed(
          problem, line: Int(opening.line) + 1, column: Int(opening.column) + 1,
          before: Int(mark.line) + 1)
      }
      return .grammar(problem, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }
  }
}
