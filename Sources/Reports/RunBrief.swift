import Diagnostics
public import Exceptions

/// What the scheduled job prints when somebody needs to hear of a run.
///
/// It says what cannot be trusted, how the teams stand and what has changed. What was read and what
/// was not evaluated is in `summary.json`; repeated every night it would be noise.
public func runBrief(
  _ report: RunReport, out: String, formats: Set<OutputFormat> = Set(OutputFormat.allCases)
) -> String {
  let tally = RunTally(report)
  let out = harmless(out)
  let hasIdle = report.rules.contains { !$0.judgedNothing.isEmpty }
  return paragraphs([
    wrapped("casecheck \(harmless(report.version)), run as of \(report.asOf)", to: lineWidth),
    reconciliationSection(report),
    faultSection(report, formats),
    teamSection(tally, formats),
    newsSection(report, formats),
    waiverSection(report, formats),
    hasIdle
      ? wrapped(
        "Judged nothing: \(idleFigures(report)); "
          + (formats.contains(.json) ? "summary.json says" : "with --verbose it is said")
          + " which and why", to: lineWidth)
      : [],
    closingSection(report, tally, out: out, formats),
  ])
}
