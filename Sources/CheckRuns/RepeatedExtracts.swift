import Exceptions
import Extracts
import Threads
import Values

/// Files whose records were already in the files read before them: an extract that was given twice.
///
/// Each duplicate is an exception of its own, but a page of those says less than this one sentence.
struct RepeatedExtracts {
  /// The share of a file's records, in percent, from which repetition is no accident.
  private static let share = 50

  let tables: [Table]

  /// How many exceptions one thread looks through at a time.
  private static let stretch = 50_000

  /// Finds the remarks on such files, and how many records of each file were read before, by table.
  func found(
    in exceptions: [CaseException], threads: Int
  ) -> (remarks: [String], repeats: [String: [Text: Int]]) {
    var remarks: [String] = []
    var repeats: [String: [Text: Int]] = [:]
    let starts = Array(stride(from: 0, to: exceptions.count, by: Self.stretch))
    let found = inParallel(starts.count, threads: threads) { number in
      let end = min(starts[number] + Self.stretch, exceptions.count)
      return keysAgain(in: exceptions[starts[number]..<end])
    }
    let doubles = found.reduce(into: [:]) { sums, more in
      sums.merge(more) { $0.merging($1, uniquingKeysWith: +) }
    }
    for table in tables where !table.definition.primaryKey.isEmpty {
      let ofTable = doubles[ConstraintEnding.key.name(of: table.definition.name)] ?? [:]
      repeats[table.definition.name] = ofTable
      for file in table.files {
        guard let count = ofTable[Text(file.path)], count > 1,
          count * 100 >= file.rowsChecked * Self.share
        else { continue }
        remarks.append(
          "\(file.path): \(count) of its \(file.rowsChecked) records have a key that stands before them already: "
            + "the same extract twice, two that overlap, or one in the place of another. Take it away, or export it again."
        )
      }
    }
    return (remarks, repeats)
  }

  /// How many records of each file have a key that was read before, by the rule of the key.
  private func keysAgain(in exceptions: ArraySlice<CaseException>) -> [String: [Text: Int]] {
    var doubles: [String: [Text: Int]] = [:]
    // Exceptions of one rule mostly stand together, so the rule is looked at only when it changes.
    var last: (source: ObjectIdentifier, kind: Int32, isKey: Bool)?
    for place in exceptions.indices {
      let (source, kind) = (
        ObjectIdentifier(exceptions[place].source), exceptions[place].record.kind
      )
      if last?.source != source || last?.kind != kind {
        last = (source, kind, ConstraintEnding.key.isEnd(of: exceptions[place].rule))
      }
      guard last?.isKey == true else { continue }
      let exception = exceptions[place]
      // A record whose key is missing is known by its line.
      if RecordForm.line.isForm(of: exception.recordID) { continue }
      doubles[exception.rule, default: [:]][Text(exception.sourceFile), default: 0] += 1
    }
    return doubles
  }
}
