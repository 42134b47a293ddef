import Diagnostics

/// The packs that rule files are of: which there are, which run, and which may override which.
struct Packs {
  private let selection: RuleSelection
  private let collector: DiagnosticCollector
  private let known: Set<String>
  /// The lowest folder that holds each pack.
  private let folders: [String: Int]
  private let order: PackOrder
  /// What the packs say of themselves.
  private let over: [String: [String]]

  /// The packs of files, in the order in which their documents say that they are `over` others, and
  /// then in that in which the user named them.
  init(
    of files: [RuleFile], _ documents: RuleDocuments, _ selection: RuleSelection,
    into collector: DiagnosticCollector
  ) {
    self.selection = selection
    self.collector = collector
    known = Set(files.map(\.pack)).subtracting([""])
    folders = Dictionary(files.map { ($0.pack, $0.folder) }, uniquingKeysWith: min)
    over = Self.over(documents)
    let said = PackOrder(over: over)
    order = selection.packs.map { said.settled(by: $0) } ?? said
  }

  private static func over(_ documents: RuleDocuments) -> [String: [String]] {
    var over: [String: [String]] = [:]
    for (file, node) in documents.all where !file.pack.isEmpty {
      guard case .mapping(let pairs) = node.content else { continue }
      for (key, value) in pairs where key.text == "over" {
        if let name = value.text { over[file.pack, default: []].append(name) }
        if case .sequence(let names) = value.content {
          over[file.pack, default: []] += names.compactMap(\.text)
        }
      }
    }
    return over
  }

  /// Whether the rules of a file run; those in no pack always do.
  func areRun(_ file: RuleFile) -> Bool {
    file.pack.isEmpty || selection.packs?.contains(file.pack) ?? true
  }

  /// The layer of what a file declares.
  func layer(of file: RuleFile) -> Declarations.Layer {
    Declarations.Layer(
      folder: file.folder, pack: file.pack, below: order.below[file.pack] ?? [])
  }

  /// Reports packs that the user has named and that are not there.
  func checkSelection() {
    for name in selection.packs ?? [] where !known.contains(name) {
      // A file that could not be read may be all that there is of it.
      collector.report(
        missing: "there is no pack `\(name)`",
        at: selection.places.packs[name] ?? selection.place,
        advice: suggestion(for: name, among: known)
          ?? "A pack is a folder of rule files under packs/")
    }
  }

  /// Warns once of packs of which each is over the next and the last over the first: such an order
  /// is none, and which of them counts is then left to the order in which they are named.
  private func warnOfRing(_ document: MappingReader, in file: RuleFile) {
    guard document.has("over"), let ring = PackOrder.ring(from: file.pack, over: over),
      ring.min() == file.pack
    else { return }
    let all = together(ring.map { "`\($0)`" }, most: ring.count)
    collector.warnEveryRun(
      "the packs \(all) are over one another in a ring, so that none of them is over another",
      at: document.position(of: "over"), advice: "Take one of the names out of `over`")
  }

  /// Checks what a `pack` document says: a pack is named as its folder, and is over other packs.
  func check(_ document: MappingReader, in file: RuleFile) {
    if let name = document.text("pack"), file.pack.isEmpty {
      collector.warnEveryRun(
        "this file is in no pack, whatever it says: its rules run always, and it is over no other pack",
        at: document.position(of: "pack"), advice: "Put it into packs/\(name)/")
    } else if let name = document.text("pack"), name != file.pack {
      document.report(
        "a pack is named as its folder, `\(file.pack)`, and not `\(name)`", key: "pack",
        advice: "Name one of them as the other")
    }
    for node in document.scalars("over") {
      guard let name = node.text else { continue }
      if name == file.pack {
        collector.report("the pack `\(name)` cannot be over itself", at: node.position)
      } else if !known.contains(name) {
        collector.report(
          missing: "there is no pack `\(name)`", at: node.position,
          advice: suggestion(for: name, among: known.subtracting([file.pack])))
      }
    }
    warnOfRing(document, in: file)
    guard areRun(file), let named = selection.packs else { return }
    UnnamedPacks(collector: collector, named: named, folders: folders).warn(of: document, in: file)
  }
}
