import Diagnostics

/// The YAML documents of rule files, in their order.
struct RuleDocuments {
  let all: [(file: RuleFile, node: YAMLNode)]
  /// Why some files, or parts of them, could not be read: the names that they declare are unknown.
  let unread: Set<Diagnostic>

  private typealias Read = (file: RuleFile, nodes: [YAMLNode], repeats: [Diagnostic])

  /// Reads files; what is wrong with their YAML is reported.
  init(of files: [RuleFile], _ selection: RuleSelection, into collector: DiagnosticCollector) {
    let passedOver = selection.takesTests ? nil : "tests"
    let read: [Read] = collector.load(files, threads: selection.threads) { files, collector in
      files.map { Self.read($0, passingOver: passedOver, into: collector) }
    }
    unread = Set(collector.diagnostics)
    collector.diagnostics += read.flatMap(\.repeats)
    all = read.flatMap { read in read.nodes.map { (file: read.file, node: $0) } }
  }

  private static func read(
    _ file: RuleFile, passingOver passedOver: String?, into collector: DiagnosticCollector
  ) -> Read {
    // An empty file may be a copy that was cut off, and one of comments alone may have been set
    // aside for a while: its rules would be lost without a word.
    guard !file.text.saysNothing else {
      collector.report(
        file.isBlank ? "this file is empty" : "this file is empty but for comments",
        at: SourcePosition(file: file.path, line: 1),
        advice: "Put back what it held, or remove it")
      return (file, [], [])
    }
    var repeats: [Diagnostic] = []
    let nodes = YAMLReading.documents(
      of: file.text, file: file.path, passingOver: passedOver,
      into: &collector.diagnostics, repeats: &repeats)
    return (file, nodes.filter { !$0.isNull }, repeats)
  }
}

extension String {
  /// Whether a YAML text has only comments and blank lines, and what parts documents.
  fileprivate var saysNothing: Bool {
    var isComment = false
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): isComment = false
      case UInt8(ascii: "#"): isComment = true
      case ...UInt8(ascii: " "), UInt8(ascii: "-"): break
      default: if !isComment { return false }
      }
    }
    return true
  }
}
