import WorkingTime

/// Reads a rule's target.
struct TargetLoader {
  static let keys = ["atLeast", "atMost", "amberFrom", "steps", "of"]

  let collector: DiagnosticCollector

  func load(_ rule: MappingReader) -> Target? {
    guard let node = rule.value("target"),
      let reader = MappingReader(
        node, "`target`", keys: Self.keys,
        into: collector)
    else { return nil }
    if reader.has("atLeast"), reader.has("atMost") {
      reader.report("a target is `atLeast` or `atMost`, not both", key: "atMost")
    }
    if !reader.has("atLeast"), !reader.has("atMost"), !reader.has("steps") {
      reader.report("a target needs `atLeast` or `atMost`")
    }
    if case .mapping(let steps)? = reader.value("steps")?.content, steps.isEmpty {
      reader.report(
        "`steps` names nothing", key: "steps",
        advice: "Write from which day on which figure holds, or take it out")
    }
    if reader.has("atMost"), !reader.has("of") {
      collector.warn(
        "`atMost` without `of` is the most that may meet the rule",
        at: reader.position(of: "atMost"),
        advice: "Write `of: broken` for the most that may break it, or `of: met`")
    }
    let share: Target.Share = reader.choice("of") ?? .met
    if share == .broken, !reader.has("atMost"), reader.has("atLeast") || reader.has("steps") {
      let key = reader.has("atLeast") ? "`atLeast`" : "`steps` alone"
      collector.warnEveryRun(
        "`of: broken` with \(key) is the least that is to break the rule: it is green where everything does",
        at: reader.position(of: "of"),
        advice: "Write `atMost` for the most that may break it, or take `of: broken` out")
    }
    let direction: Target.Direction = reader.has("atMost") ? .atMost : .atLeast
    var steps: [(from: CalendarDate, percent: Percent)] = []
    for (key, value) in reader.pairs("steps") {
      guard let day = CalendarDate(iso: key.text ?? "") else {
        collector.report(
          "`\(key.text ?? "")` is not a date of the calendar", at: key.position,
          advice: CalendarDate.advice(on: key.text ?? ""))
        continue
      }
      guard let percent = percent(value) else { continue }
      steps.append((day, percent))
    }
    steps.sort { $0.from < $1.from }
    let target = Target(
      direction: direction,
      percent: (reader.scalar("atLeast") ?? reader.scalar("atMost")).flatMap(percent),
      amberFrom: reader.scalar("amberFrom").flatMap(percent), steps: steps, share: share)
    checkAmber(of: target, reader)
    warnIfAlwaysGreen(target, reader)
    return target
  }

  /// No share is under 0% or over 100%; as the first of several steps such a figure may be meant.
  private func warnIfAlwaysGreen(_ target: Target, _ reader: MappingReader) {
    guard target.steps.isEmpty, let percent = target.percent else { return }
    let isLeast = target.direction == .atLeast
    guard isLeast ? percent.digits == 0 : percent.digits == 100 * percent.scale else { return }
    let key = isLeast ? "atLeast" : "atMost"
    collector.warn(
      "every share is at \(isLeast ? "least" : "most") \(percent)%: this target is always met",
      at: reader.value(key)?.position ?? reader.position(of: key),
      advice: "Write the share that is aimed at, or take the target out")
  }

  /// Amber must lie on the bad side of the target: on the good side nothing would ever be amber.
  private func checkAmber(of target: Target, _ reader: MappingReader) {
    let figures = (target.percent.map { [$0] } ?? []) + target.steps.map(\.percent)
    guard let amber = target.amberFrom, !figures.isEmpty else { return }
    let isAmberSomewhere = figures.contains { figure in
      target.direction == .atLeast ? amber <= figure : amber >= figure
    }
    guard !isAmberSomewhere else { return }
    let (side, key) = target.direction == .atLeast ? ("under", "atLeast") : ("over", "atMost")
    collector.warn(
      "`amberFrom` \(amber)% is on the good side of the target, so that nothing is amber",
      at: reader.value("amberFrom")?.position ?? reader.position(of: "amberFrom"),
      advice: "Amber begins \(side) the figure of `\(key)`")
  }

  private func percent(_ node: YAMLNode) -> Percent? {
    if let text = node.text, !text.contains("%"), let share = Double(text), share > 0, share <= 1 {
      collector.report(
        "`\(text)` would be \(share < 1 ? "less than one percent" : "one percent, not the whole")",
        at: node.position,
        advice: "Write a share such as \(share < 1 ? "60%" : "100%"), or \(text)% if that is meant")
      return nil
    }
    guard let percent = Percent(node.text ?? "") else {
      collector.report(
        "`\(node.text ?? node.described)` is not a percentage", at: node.position,
        advice: "Write it as 95% or 97.5%")
      return nil
    }
    if percent.digits > 100 * percent.scale {
      collector.report("a target is at most 100%", at: node.position)
      return nil
    }
    return percent
  }
}
