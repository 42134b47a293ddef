public import Exceptions
import Values

/// The inputs, each with the counts of its records: read = checked + rejected.
func inputSection(_ report: RunReport) -> [String] {
  inputSection(report, showing: report.inputs)
}

/// The same, but only for files of which not everything could be read.
func reconciliationSection(_ report: RunReport) -> [String] {
  inputSection(report, showing: report.inputs.filter { !$0.isWhole })
}

private func inputSection(_ report: RunReport, showing inputs: [InputReport]) -> [String] {
  if report.inputs.isEmpty { return ["Inputs: none"] }
  let (read, checked, rejected) = (report.rowsRead, report.rowsChecked, report.rowsRejected)
  var table = TextTable([
    .text("file", most: 36), .text("table", most: 20), .figure("read"), .figure("checked"),
    .figure("rejected"), .text("", most: 11),
  ])
  let shown = ShownInputs(inputs)
  for input in shown.lines {
    table.add([
      input.path, input.table, grouped(input.rowsRead), grouped(input.rowsChecked),
      grouped(input.rowsRejected), input.faults.isEmpty ? " " : "not trusted",
    ])
  }
  let files = Set(report.inputs.map { Array($0.path.utf8) }).count
  let title =
    "Inputs: \(counted(files, "file")), \(counted(read, "record")) read"
    + " = \(grouped(checked)) checked + \(grouped(rejected)) rejected"
  return wrapped(title, to: lineWidth) + (inputs.isEmpty ? [] : table.lines)
    + shown.rest
    + (read == checked + rejected
      ? [] : item("These figures do not add up. Report this error of casecheck."))
}

/// Every reason not to trust an input, each with its place and what to do; of the many old extracts
/// of a table the first, and how many more there are, if a file lists them.
///
/// Safe for logs.
public func faultSentences(_ report: RunReport, _ formats: Set<OutputFormat>) -> [String] {
  let faults = allFaults(report)
  // Only `summary.json` names each of them.
  guard formats.contains(.json) else { return faults.map(sentence) }
  return faultsInBrief(faults, elsewhere: "; all of them are in summary.json, under faults")
    .map(sentence)
}

private func allFaults(_ report: RunReport) -> [FaultReport] {
  report.inputs.flatMap(\.faults) + report.faults
}

/// Every reason not to trust an input, and what to do.
func faultSection(_ report: RunReport, _ formats: Set<OutputFormat>) -> [String] {
  let count = allFaults(report).count
  if count == 0 { return [] }
  return ["Not trusted: \(counted(count, "fault"))"]
    + faultSentences(report, formats).flatMap(item)
}

/// The rules that judged nothing, each with the reason.
///
/// All are listed here if no file lists them.
func idleSection(_ report: RunReport, _ formats: Set<OutputFormat>) -> [String] {
  let idle = report.rules.filter { !$0.judgedNothing.isEmpty }
  if idle.isEmpty { return [] }
  // Each cause is given once: a table without an extract would otherwise fill pages.
  var causes: [String] = []
  var byCause: [String: [RuleReport]] = [:]
  for rule in idle {
    if byCause[rule.judgedNothing] == nil { causes.append(rule.judgedNothing) }
    byCause[rule.judgedNothing, default: []].append(rule)
  }
  causes.sort { byteOrder($0, $1) < 0 }
  let isLong = causes.count > mostCauses && formats.contains(.json)
  let shown = isLong ? Array(causes.prefix(mostCauses)) : causes
  var lines = wrapped("Judged nothing: \(idleFigures(report))", to: lineWidth)
  for cause in shown { lines += item("\(cause): \(names(of: byCause[cause] ?? []))") }
  if shown.count < causes.count {
    let left = idle.count - shown.reduce(0) { $0 + (byCause[$1]?.count ?? 0) }
    lines += item(
      "\(counted(left, "more rule")) for \(counted(causes.count - shown.count, "more reason")): "
        + "all of them are in summary.json, under judgedNothing")
  }
  return lines
}

/// How many rules and constraints judged nothing; of these, how many could not be asked at all, and
/// how many were asked and found nothing to judge.
///
/// Only the first may hide something, and other figures count them alone.
func idleFigures(_ report: RunReport) -> String {
  let idle = report.rules.filter { !$0.judgedNothing.isEmpty }
  func figures(_ rules: [RuleReport]) -> String {
    let constraints = rules.count { $0.kind == .constraint }
    let others = rules.count - constraints
    var parts: [String] = []
    if others > 0 || rules.isEmpty { parts.append(counted(others, "rule")) }
    if constraints > 0 { parts.append(counted(constraints, "constraint")) }
    return parts.joined(separator: " and ")
  }
  let unasked = idle.filter { !$0.isEvaluated }
  var parts: [String] = []
  if !unasked.isEmpty { parts.append("\(figures(unasked)) \(couldNotBeAsked)") }
  let others = idle.count - unasked.count
  if others > 0 { parts.append("\(grouped(others)) found nothing to judge") }
  return figures(idle) + (parts.isEmpty ? "" : " (\(parts.joined(separator: "; ")))")
}

/// What is said of rules whose inputs are missing.
let couldNotBeAsked = "could not be asked: no file or no heading"

/// The most reasons shown on a terminal; the file has all of them.
private let mostCauses = 12

private func names(of rules: [RuleReport]) -> String {
  let constraints = rules.filter { $0.kind == .constraint }
  var names = rules.filter { $0.kind != .constraint }.map(\.name)
  if constraints.count > 3, !names.isEmpty || constraints.count > 8 {
    names.append("\(counted(constraints.count, "constraint")) of \(tables(of: constraints))")
  } else {
    names += constraints.map(\.name)
  }
  return names.joined(separator: ", ")
}

private func tables(of rules: [RuleReport]) -> String {
  Set(rules.map(\.table)).inByteOrder().joined(separator: ", ")
}

/// What else the user should know of the run and of each input.
func remarkSection(_ report: RunReport) -> [String] {
  let remarks = report.remarks + remarksOnInputs(report.inputs)
  return remarks.isEmpty ? [] : ["Remarks"] + remarks.flatMap(item)
}

/// The same words on files of one table.
private struct SharedRemark: Hashable {
  let table: Text
  let words: Text
}

/// What is said of the inputs, of many files of one table at once where it is the same.
private func remarksOnInputs(_ inputs: [InputReport]) -> [String] {
  var remarks: [(remark: SharedRemark, path: String)] = []
  var paths: [SharedRemark: [String]] = [:]
  for input in inputs {
    let table = input.isEarlier ? EarlierName.name(of: input.table) : input.table
    for words in input.remarks {
      let remark = SharedRemark(table: Text(table), words: Text(words))
      remarks.append((remark, input.path))
      paths[remark, default: []].append(input.path)
    }
  }
  return remarks.compactMap { remark, path -> String? in
    let (table, words) = (remark.table.string, remark.words.string)
    let files = paths[remark] ?? []
    if table.isEmpty || files.count < fewestJoined {
      return words.hasPrefix(path) ? words : "\(path): \(words)"
    }
    guard let first = files.first, areSameBytes(path, first) else { return nil }
    let others = "\(first) and \(grouped(files.count - 1)) more"
    let said = words.hasPrefix("it ") ? "each \(words.dropFirst(3))" : words
    return "\(grouped(files.count)) files of \(table) (\(others)): \(said)"
  }
}

/// So many files of which the same is said are counted on a terminal; the file has each of them.
private let fewestJoined = 4

/// `file:line: what and what to do`, without naming the place twice.
private func sentence(of fault: FaultReport) -> String {
  let place = fault.file.isEmpty ? fault.table : fault.file
  if place.isEmpty || fault.message.hasPrefix(place) { return fault.message }
  return place + (fault.line.map { ":\($0)" } ?? "") + ": " + fault.message
}
