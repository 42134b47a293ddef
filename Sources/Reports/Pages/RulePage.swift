internal import Exceptions
internal import WorkingTime

/// `rules/RULE.html`: the cases behind a figure.
struct RulePage {
  let frame: PageFrame
  let rule: RuleReport
  let measure: [String: Any]
  let exceptions: [CaseException]

  /// Rules have kebab-case names, and constraints dots and bars: none of them leads anywhere.
  static func path(of rule: String) -> String {
    "rules/" + rule.replacing("|", with: "+").replacing("/", with: "_") + ".html"
  }

  var contents: [UInt8] {
    var context = frame.context
    context["rule"] = pageText(rule.name)
    context["title"] = pageText(rule.title)
    context["why"] = pageText(rule.why)
    context["source"] = pageText(rule.source)
    context["fix"] = pageText(rule.fix)
    context["asks"] = pageText(rule.asks)
    context["pack"] = pageText(rule.pack)
    context["list"] = rule.list
    context["measure"] = measure
    context["count"] = grouped(exceptions.count)
    context["hasRows"] = !exceptions.isEmpty
    context["rows"] = exceptions.map(row)
    context["back"] = "../index.html"
    return frame.settings.templates.render(context, with: "rule")
  }

  private func row(_ exception: CaseException) -> [String: Any] {
    [
      "team": pageText(exception.team.shown), "worker": pageText(exception.worker),
      "person": pageText(exception.personID), "record": pageText(exception.recordID),
      "occasion": exception.occasion.map(String.init) ?? "", "table": pageText(exception.table),
      "field": pageText(exception.field), "value": pageText(exception.value),
      "status": exception.status.rawValue, "due": PageDates.short(exception.dueOn),
      "dueISO": exception.dueOn, "days": exception.daysLate.map(String.init) ?? "",
      "message": pageText(exception.message), "since": PageDates.short(exception.firstSeen),
      "sinceISO": exception.firstSeen, "file": pageText(exception.sourceFile),
      "line": exception.sourceLine.map(String.init) ?? "",
      "waivedUntil": PageDates.short(exception.waivedUntil),
    ]
  }
}
