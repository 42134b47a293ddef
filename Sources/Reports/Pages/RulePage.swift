import Exceptions
import WorkingTime

/// `rules/RULE.html`: the cases behind a figure.
struct RulePage {
  let frame: PageFrame
  let rule: RuleReport
  let measure: PageContext
  let exceptions: ChosenExceptions

  /// The stem of a rule's file name.
  ///
  /// Rules have kebab-case names, and those of constraints have dots and bars: none can lead out of
  /// the folder. A name too long for a file is cut, and its hash keeps it distinct.
  private static func stem(of rule: String) -> String {
    let name = rule.replacing("|", with: "+").replacing("/", with: "_")
    if name.utf8.count <= mostBytes { return name }
    return String(decoding: name.utf8.prefix(mostBytes - 17), as: UTF8.self) + "-"
      + hexDigits(stableHash(rule.utf8), short: false)
  }

  /// With the number of a further page and the ending, this stays within the 255 bytes of a name.
  private static let mostBytes = 200

  /// The first page of the cases of a rule.
  static func path(of rule: String) -> String { "rules/" + PagePart.file(stem(of: rule), 1) }

  /// The page, or several pages if there are too many cases for one.
  var files: [ReportFile] {
    let stem = RulePage.stem(of: rule.name)
    let frame = context
    return PagePart.parts(ofRows: exceptions.map(size)).map { part in
      ReportFile(
        path: "rules/" + PagePart.file(stem, part.number), isMadeLate: self.frame.isLong
      ) {
        var context = frame
        context["part"] = part.context(stem)
        context["hasRows"] = !part.rows.isEmpty
        context["rows"] = exceptions[part.rows].map(row)
        return self.frame.settings.templates.render(context, with: "rule")
      }
    }
  }

  private var context: PageContext {
    var context = frame.teamContext
    context["rule"] = pageText(rule.name)
    context["title"] = pageText(rule.title)
    context["sheet"] = sheetName(rule.title)
    context["why"] = pageText(rule.why)
    context["source"] = pageText(rule.source)
    context["fix"] = pageText(rule.fix)
    context["hasWhy"] = !rule.why.isEmpty
    context["hasSource"] = !rule.source.isEmpty
    context["hasFix"] = !rule.fix.isEmpty
    context["judges"] = pageText(rule.judges)
    context["hasJudges"] = !rule.judges.isEmpty
    context["asks"] = pageText(rule.asks)
    context["codes"] = rule.codes.map { code -> PageContext in
      let spell = code.spell(PageDates.long)
      return [
        "code": pageText(code.code), "label": pageText(code.meaning), "spell": spell,
        "hasSpell": !spell.isEmpty,
      ]
    }
    context["hasCodes"] = !rule.codes.isEmpty
    context["pack"] = pageText(rule.pack)
    context["hasPack"] = !rule.pack.isEmpty
    context["list"] = rule.list.rawValue
    context["measure"] = measure
    context["count"] = grouped(exceptions.count)
    context["back"] = "../index.html"
    return context
  }

  private func size(_ exception: CaseException) -> Int {
    rowSize([
      exception.team.inWords, exception.worker, exception.personID, exception.recordID,
      frame.title(ofTable: exception.table), exception.message, exception.sourceFile,
      late(exception),
    ])
  }

  /// What there is to do about what was done late; empty for anything else, and what is waived.
  private func late(_ exception: CaseException) -> String {
    exception.waivedUntil == nil ? exception.lateAdvice(PageDates.long) ?? "" : ""
  }

  private func row(_ exception: CaseException) -> PageContext {
    let late = late(exception)
    return [
      "team": pageText(exception.team.inWords), "worker": pageText(exception.worker),
      "person": pageText(exception.personID), "record": pageText(exception.recordID),
      "occasion": exception.occasion.map(String.init) ?? "",
      "table": pageText(frame.title(ofTable: exception.table)),
      "field": pageText(exception.field), "value": pageText(exception.value),
      "status": exception.status.rawValue, "due": PageDates.short(exception.dueOn),
      "dueISO": exception.dueOn, "days": exception.daysLate.map(String.init) ?? "",
      "message": pageText(exception.message), "isLate": !late.isEmpty, "late": pageText(late),
      "since": exception.openedOn.map(PageDates.short) ?? "",
      "sinceISO": exception.openedOn?.description ?? "", "file": pageText(exception.sourceFile),
      "line": exception.sourceLine.map(String.init) ?? "",
      "hasOccasion": exception.occasion != nil, "hasLine": exception.sourceLine != nil,
      "isWaived": exception.waivedUntil != nil,
      "waivedUntil": exception.waivedUntil.map(PageDates.short) ?? "",
    ]
  }
}
