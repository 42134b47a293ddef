/// The parts of a team's page, in the order of their rows.
struct DriftSections {
  struct Section {
    let section: DriftItem.Section
    /// The positions of its rows among all rows, from 0.
    let rows: Range<Int>

    /// Whether a page shows any of it; a section without rows is on the page where they would be.
    func isOn(_ part: PagePart) -> Bool {
      rows.isEmpty
        ? part.rows.contains(rows.lowerBound)
          || (part.number == part.count && rows.lowerBound == part.rows.upperBound)
        : rows.overlaps(part.rows)
    }

    /// The templates' values for its share of a page, one of `parts`; `isCompared` where there is an
    /// earlier run to compare with.
    func context(on part: PagePart, of parts: [PagePart], isCompared: Bool) -> PageContext {
      let here = rows.clamped(to: part.rows)
      let first = parts.first(where: isOn)?.number ?? part.number
      let file = first == part.number ? "" : "./" + PagePart.file("drift", first)
      return [
        "id": section.rawValue, "href": file + "#list-" + section.rawValue,
        "title": section.title(isCompared: isCompared),
        "explanation": section.explanation(isCompared: isCompared),
        "count": grouped(rows.count), "isHere": isOn(part), "hasRows": !here.isEmpty,
        "isPartial": !here.isEmpty && here != rows,
        "from": grouped(here.lowerBound - rows.lowerBound + 1),
        "to": grouped(here.upperBound - rows.lowerBound),
      ]
    }
  }

  /// Where the rows' subjects are: pages that are made late must not keep the rows themselves.
  let rows: [DriftLists.Place]
  let all: [Section]

  init(_ items: [DriftItem]) {
    let workers = Workers(items).inOrder
    var rows: [DriftLists.Place] = []
    all = DriftItem.Section.allCases.map { section in
      let start = rows.count
      let lists = workers.map { worker in
        worker.items.filter { $0.section == section }.sorted { $0.precedes($1) }
      }
      // Workers stay in their order, but one whose worst case is in another section must not have
      // warnings here above another's error.
      for isOfErrors in [true, false] {
        for list in lists where list.contains(where: { !$0.isWarning }) == isOfErrors {
          rows += list.map(\.place)
        }
      }
      return Section(section: section, rows: start..<rows.count)
    }
    self.rows = rows
  }
}
