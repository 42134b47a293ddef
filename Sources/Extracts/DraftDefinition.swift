/// A first table definition, in YAML, for an export that has none: what an analyst corrects.
///
/// Reads the whole file to see what each column could hold. Holds headings, and no cell.
public func draftDefinition(from look: FileLook) -> String {
  ""
}
