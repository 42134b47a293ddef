import Diagnostics

// Whose the rows of a drafted table are, and what it has to do with other tables.
extension DraftWriter {
  /// The tables that take the file already, in comments.
  var remarksOnTakers: [String] {
    draft.takers.map { taker in
      "# \(taker.table) (\(harmless(taker.source))) takes a file of this name already: copy that table and add your headings instead."
    }
  }

  /// Which of several files the draft was made from, in a comment.
  var remarksOnFiles: [String] {
    guard draft.fileCount > 1 else { return [] }
    let file = Self.quoted(draft.path)
    return [
      "# Drafted from \(file) alone, the longest of \(draft.fileCount) files with these headings."
    ]
  }

  /// The lines that say who has to act on the rows.
  var owner: [String] {
    let (ownTeam, ownWorker) = draft.owner
    let children = draft.children
    let team = ownTeam ?? children?.team.map { "\(DraftTable.Children.relation).\($0)" }
    let worker = ownWorker ?? children?.worker.map { "\(DraftTable.Children.relation).\($0)" }
    var lines: [String] = []
    if let children {
      lines += ["foreignKeys:", "  - " + reference(children.field, children.table, children.key)]
    }
    if team == nil { lines += remarksOnOwner(beside: worker) }
    let parts = [team.map { "team: \($0)" }, worker.map { "worker: \($0)" }].compactMap { $0 }
    if !parts.isEmpty { lines.append("owner: {\(parts.joined(separator: ", "))}") }
    return lines
  }

  /// How the rows get a team, in comments.
  ///
  /// Where a `worker` is known, the draft has an owner as well, and a table has only one.
  private func remarksOnOwner(beside worker: String?) -> [String] {
    let none = "# owner: no team yet, so all goes to \"(no team)\"."
    let inPlace = worker == nil ? "" : "in place of the owner line that follows"
    if draft.isOfChildren {
      let what =
        worker == nil
        ? "With columns of the child's team and worker"
        : "With a column of the child's team, \(inPlace)"
      return ["\(none) \(what): owner: {team: team, worker: \(worker ?? "worker")}"]
    }
    let child = relation
    let owner = "owner: {team: \(child).team, worker: \(worker ?? "\(child).worker")}"
    if let children = draft.children {
      let then = inPlace.isEmpty ? "then here" : "then, \(inPlace)"
      return ["\(none) Give \(children.table) a column of it; \(then): \(owner)"]
    }
    let field = draft.person.flatMap { draft.names[$0] } ?? "person_id"
    return [
      "\(none) For the child's, where the table of children is people, with the key person_id:",
      "# foreignKeys: [\(reference(field, "people", "person_id"))]",
      "# \(owner)" + (inPlace.isEmpty ? "" : "  # \(inPlace)"),
    ]
  }

  /// What the rows call their child: none of their fields may have the name.
  private var relation: String {
    let usual = DraftTable.Children.relation
    let names = Set(draft.names.compactMap(\.self))
    return [usual, "child"].first { !names.contains($0) } ?? "\(usual)_row"
  }

  private func reference(_ field: String, _ table: String, _ key: String) -> String {
    "{fields: \(field), reference: {table: \(table), fields: \(key)}, as: \(relation)}"
  }
}
