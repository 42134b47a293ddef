import Exceptions
import WorkingTime

/// `run.json`: what the run was made from, for anyone who has to repeat it.
///
/// It holds no time of day and nothing of the machine: the same inputs give the same bytes.
func runFile(_ report: RunReport) -> JSONValue {
  // Of a parameter that is set twice, the last holds: the command line's over the configuration's.
  let parameters = Dictionary(
    report.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }
  ).sorted { byteOrder($0.key, $1.key) < 0 }
  return .object([
    // This tells an old output from any other folder with a run.json.
    ("program", .string("casecheck")),
    ("version", .string(report.version)),
    ("asOf", .string(report.asOf.description)),
    (
      "rules",
      .object([
        ("folders", .strings(report.ruleFolders)),
        ("digest", .string(report.rulesDigest)),
        ("packs", .strings(report.packs)),
        ("parameters", .object(parameters.map { ($0.key, .string($0.value)) })),
      ])
    ),
    ("inputs", .array(report.inputs.map(provenance))),
  ])
}

private func provenance(of input: InputReport) -> JSONValue {
  .object([
    ("name", .string(input.path)),
    ("table", .optional(input.table)),
    ("size", .int(input.size)),
    ("sha256", .optional(input.sha256)),
    ("encoding", .optional(input.encoding)),
    ("delimiter", .optional(input.delimiter)),
    ("headerLine", .optional(input.headerLine)),
    ("rowsRead", .int(input.rowsRead)),
    ("rowsChecked", .int(input.rowsChecked)),
    ("rowsRejected", .int(input.rowsRejected)),
    ("trusted", .bool(input.faults.isEmpty)),
  ])
}
