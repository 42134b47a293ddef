/// Warns of a pack of one's own that is over packs of other folders which were not named with it.
///
/// Where packs are named, only those run: a council that names its own alone has switched off all
/// that came with the program. A pack named alone among others of its own folder is chosen there.
struct UnnamedPacks {
  let collector: DiagnosticCollector
  /// The packs that were named.
  let named: [String]
  /// The lowest folder that holds each pack.
  let folders: [String: Int]

  func warn(of reader: MappingReader, in file: RuleFile) {
    let unnamed = reader.texts("over").filter { name in
      !named.contains(name) && folders[name].map { $0 < file.folder } == true
    }
    guard !unnamed.isEmpty else { return }
    let packs = unnamed.map { "`\($0)`" }.joined(separator: " and ")
    let options = (unnamed + [file.pack]).map { "--pack \($0)" }.joined(separator: " ")
    collector.warnEveryRun(
      "the rules of \(packs) do not run: the pack `\(file.pack)` is over them, but was named without them",
      at: reader.position(of: "over"),
      advice: "Name all that are to run (\(options)), or none, and every pack runs")
  }
}
