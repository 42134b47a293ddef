import Diagnostics
public import Values
public import WorkingTime

/// Looks at one file as `casecheck inspect` shows it.
///
/// That is its encoding, its delimiter, and which headings match. The definitions considered are
/// those whose globs match the file's name or, where none does, the one that knows most of its
/// headings. What it shows is the same on every day, on any number of threads, and whether memory is
/// lent or not.
public func look(
  at file: ExtractFile, definitions: [TableDefinition],
  asOf: CalendarDate = CalendarDate(dayNumber: 0), threads: Int = 1, spill: ColumnSpill? = nil
) -> FileLook {
  var look = FileLook(file: file)
  let named = definitions.filter { definition in
    definition.files.contains { fileMatches(file.relativePath, glob: $0) }
  }
  do throws(InputFault) {
    try look.read(named: named, all: definitions, FileLook.Effort(asOf, threads, spill))
  } catch {
    look.size = (try? FileStatus(at: file.path))?.size ?? 0
    look.faults.append(error)
  }
  return look
}

extension FileLook {
  /// How the records are read.
  fileprivate struct Effort {
    let asOf: CalendarDate
    let threads: Int
    let spill: ColumnSpill?

    init(_ asOf: CalendarDate, _ threads: Int, _ spill: ColumnSpill?) {
      (self.asOf, self.threads, self.spill) = (asOf, threads, spill)
    }
  }

  fileprivate mutating func read(
    named: [TableDefinition], all: [TableDefinition], _ effort: Effort
  ) throws(InputFault) {
    let settings = ReadSettings()
    let survey = try FileSurvey(
      file.path, declared: named.lazy.compactMap(\.encoding).first, settings: settings)
    size = survey.size
    encoding = survey.encoding
    hasByteOrderMark = survey.markLength > 0
    do throws(SystemFault) {
      let quote = named.first?.dialect.quoteChar ?? Dialect().quoteChar
      var buffer = try LineBuffer(
        file.path, survey, quote: quote, settings: settings, isDigested: false)
      let lines = named.map { HeaderSearch($0).lines }.max() ?? HeaderSearch.mostLines
      try buffer.fill(lines: lines, bytes: HeaderSearch.mostBytes)
      lineSurvey = try LineSurvey(file.path, survey)
      guard let layout = layout(of: buffer.bytes, named: named, all: all) else {
        reportNoHeadings(buffer.isBlank, named)
        return
      }
      let fault = layout.fault(in: buffer.bytes, quote: quote, isKnown: bestNamed != nil)
      if let fault { faults.append(fault) }
      if bestNamed == nil, !named.isEmpty {
        reportNoHeadings(false, named)
        // Shown as headings, the line could be a record. A draft is for whoever has to name them.
        var guessed = self
        guessed.take(layout)
        let draft = try DraftTable(guessed, survey, quote: quote)
        take(draft, fault)
        return
      }
      take(layout)
      var reader = RecordReader(buffer, delimiter: layout.delimiter, quote: quote)
      try count(&reader)
      let known = known(named.isEmpty ? all : named)
      let draft = try DraftTable(
        self, survey, quote: quote, missing: known?.missingValues ?? [])
      take(draft, fault)
      columns = draft.columns.indices.map { ColumnLook(draft.columns[$0], draft.guess($0)) }
      read(by: known ?? draft.definition, effort)
    } catch {
      throw .unreadable(error)
    }
  }

  private mutating func take(_ layout: FileLayout) {
    delimiter = layout.delimiter
    headerLine = layout.line
    headings = layout.headings
  }

  /// Takes the draft, which answers a fault in how the cells are parted if it can name the mark.
  private mutating func take(_ draft: DraftTable, _ fault: InputFault?) {
    self.draft = draft
    if draft.delimiter == nil { self.draft?.fault = fault } else { answered = fault }
  }

  /// Reports that there are no headings to go by.
  private mutating func reportNoHeadings(_ isBlank: Bool, _ named: [TableDefinition]) {
    faults.append(isBlank ? .blank : named.first.map { .noHeadings($0) } ?? .noRecords)
    definitions = named.map { DefinitionLook(of: $0, [], isByName: true) }
  }

  /// Where the headings are: by the definitions or, failing that, by a guess.
  private mutating func layout(
    of start: [UInt8], named: [TableDefinition], all: [TableDefinition]
  ) -> FileLayout? {
    let guess = named.isEmpty ? FileLayout(guessedFrom: start) : nil
    var best: (definition: TableDefinition, headings: Headings)?
    for definition in named.isEmpty ? all : named {
      guard let found = HeaderSearch(definition).headings(in: start),
        found.score > best?.headings.score ?? 0,
        !named.isEmpty || FileLayout.areHeadings(found, besides: guess)
      else { continue }
      best = (definition, found)
    }
    let layout =
      best.map { FileLayout($0.headings) }
      ?? (named.isEmpty ? guess : FileLayout(guessedFrom: start))
    bestNamed = best?.definition.name
    let compared = named.isEmpty ? best.map { [$0.definition] } ?? [] : named
    definitions = compared.map {
      DefinitionLook(of: $0, layout?.headings ?? [], isByName: !named.isEmpty)
    }
    if named.isEmpty, let best, let headings = layout?.headings {
      definitions[0].rival = rival(of: best.definition, among: all, headings)
    }
    return layout
  }

  /// The table that would know most of the headings that the best one does not, and at least two, but
  /// for a field that it needs and the file does not have.
  ///
  /// Every table has the child's number and the team; what is in the others tells tables apart.
  private func rival(
    of best: TableDefinition, among all: [TableDefinition], _ headings: [String]
  ) -> DefinitionLook.Rival? {
    let own = HeadingIndex(best)
    let unknown = headings.filter { own.field(of: $0) == nil }
    var found: DefinitionLook.Rival?
    for definition in all where definition.name != best.name {
      let index = HeadingIndex(definition)
      let known = unknown.filter { index.field(of: $0) != nil }
      guard known.count >= 2, known.count > found?.headings.count ?? 0 else { continue }
      let missing = DefinitionLook(of: definition, headings, isByName: false)
        .missingRequiredFields
      if missing.isEmpty { continue }
      found = DefinitionLook.Rival(
        table: definition.name, headings: known, missingRequiredFields: missing)
    }
    return found
  }

  /// The definition by which a run would read the file, if its name were one that the table takes.
  private func known(_ definitions: [TableDefinition]) -> TableDefinition? {
    guard let best = definitions.first(where: { $0.name == bestNamed }) else { return nil }
    let isWhole = self.definitions.contains { look in
      look.table == best.name && (look.isByName || look.missingRequiredFields.isEmpty)
    }
    return isWhole ? best : nil
  }

  /// Reads the records as a run would, for all that is wrong with them.
  private mutating func read(by definition: TableDefinition, _ effort: Effort) {
    // Long texts are looked at but not kept.
    let index = HeadingIndex(definition)
    var longest: [Int: Int] = [:]
    for (heading, column) in zip(headings, columns) {
      if let field = index.field(of: heading) { longest[field] = column.longest }
    }
    let kept = definition.fields.indices.filter {
      definition.fields[$0].type != .string || longest[$0, default: 0] <= 40
    }
    let request = ReadingRequest(
      definition: definition, keptFields: Set(kept), asOf: effort.asOf)
    var pool = StringPool()
    let table = readTables(
      [TableFiles(request: request, files: [file])], pool: &pool, threads: effort.threads,
      spill: effort.spill, progress: nil)[0]
    report = table.files.first
    rejected = RejectedKind.all(table.rejects)
    unreadable = definition.fields.indices.compactMap { number in
      let count = table.tallies[number].given - table.tallies[number].present
      return count > 0 ? (definition.fields[number].name, count) : nil
    }
    faults += report?.faults ?? []
  }

  private mutating func count(_ reader: inout RecordReader) throws(SystemFault) {
    _ = try reader.passOver(before: headerLine ?? 1)
    var record = Record()
    _ = try reader.next(&record)
    let headingsEnd = reader.last.number
    while true {
      switch try reader.next(&record) {
      case .end: return
      case .broken: break
      case .record:
        if reader.first.number == headingsEnd + 1, record.isUnderline(of: headings) { continue }
      }
      recordCount += 1
    }
  }
}

extension DefinitionLook {
  fileprivate init(of definition: TableDefinition, _ headings: [String], isByName: Bool) {
    self.init(table: definition.name, isByName: isByName)
    source = definition.position.file
    let matched = Headings(
      headings, line: 0, delimiter: .comma, HeadingIndex(definition), definition)
    fieldsOfHeadings = matched.fields.map { $0.map { definition.fields[$0].name } }
    let missing = definition.fields.indices.filter { !matched.has($0) }
    missingFields = missing.map { definition.fields[$0].name }
    missingRequiredFields = missing.filter(definition.requiredFields.contains).map {
      definition.fields[$0].name
    }
  }
}
