import Diagnostics

// Whose the rows of a drafted table are, and what it has to do with other tables.
extension DraftWriter {
  /// The tables that take the file already, in comments.
  var remarksOnTakers: [String] {
    draft.takers.map { taker in
      "# \(taker.table) (\(harmless(taker.source))) takes this file already: copy that table and add your headings instead."
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
    if team == nil { lines += remarksOnOwner }
    let parts = [team.map { "team: \($0)" }, worker.map { "worker: \($0)" }].compactMap { $0 }
    if !parts.isEmpty { lines.append("owner: {\(parts.joined(separator: ", "))}") }
    return lines
  }

  /// How the rows get a team, in comments.
  private var remarksOnOwner: [String] {
    let none = "# owner: no team yet, so all goes to \"(no team)\"."
    if draft.isOfChildren {
      return [
        "\(none) With columns of the child's team and worker: owner: {team: team, worker: worker}"
      ]
    }
    if let children = draft.children {
      return ["\(none) Give \(children.table) a column of it; then here: \(ofChild)"]
    }
    let field = draft.person.flatMap { draft.names[$0] } ?? "person_id"
    return [
      "\(none) For the child's, where the table of children is people, with the key person_id:",
      "# foreignKeys: [\(reference(field, "people", "person_id"))]",
      "# \(ofChild)",
    ]
  }

  private var ofChild: String {
    let child = DraftTable.Children.relation
    return "owner: {team: \(child).team, worker: \(child).worker}"
  }

  private func reference(_ field: String, _ table: String, _ key: String) -> String {
    "{fields: \(field), reference: {table: \(table), fields: \(key)}, as: \(DraftTable.Children.relation)}"
  }
}
