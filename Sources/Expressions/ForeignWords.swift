/// Translates what spreadsheets, SQL and other languages write into the rule language.
///
/// Authors of rules know one of those languages. If a word of it resembles no name here, a message
/// that only suggests near names would not help.
enum ForeignWords {
  /// How to write here what a function of that name does elsewhere.
  static func advice(forFunction name: String) -> String? {
    switch folded(name) {
    case "today", "now", "getdate", "currentdate", "curdate", "sysdate":
      "Write asOf: the as-of date is the only clock"
    case "len", "length", "strlen": "Write text.size() or list.size()"
    case "isnull", "isblank", "isempty", "isna", "isnone", "empty", "ismissing": "Write !has(x)"
    case "isnotnull", "notnull", "isnotempty", "notempty", "notblank", "isdefined": "Write has(x)"
    case "nvl", "ifnull", "ifna", "iferror", "ifelse": "Write coalesce(a, b)"
    case "if", "iif", "iff", "case", "switch": "Write condition ? a : b"
    case "not": "Write !x"
    case "and": "Write a && b"
    case "or": "Write a || b"
    case "datediff", "datedif", "timestampdiff", "daydiff":
      "Write daysBetween(a, b), workingDaysBetween(a, b) or monthsBetween(a, b)"
    case "networkdays": "Write workingDaysBetween(a, b)"
    case "workday": "Write d + workingDays(n)"
    case "dateadd", "adddays", "adddate", "edate", "addmonths":
      "Write d + days(n), d + workingDays(n) or d + months(n)"
    case "age", "agein", "ageat": "Write ageOn(birth, day)"
    case "hour", "minute", "hourof", "gethours", "getminutes", "time", "totime", "timevalue",
      "timeof", "timeofday":
      "\(timeOfDay(of: "x")); a field that is a time is compared as string(x) < \"17:00\""
    case "weekday", "dayofweek", "isoweekday", "getdayofweek", "dow", "isweekday", "isweekend":
      "Write daysBetween(date(\"1900-01-01\"), d) % 7: 0 is Monday, 6 is Sunday; isWorkingDay(d) leaves out holidays, too"
    case "quarter", "quarterof": "Write month(d) in [4, 5, 6] for April to June"
    case "round": "Write int(x + 0.5) for a number of 0 or more"
    case "floor", "trunc", "truncate", "rounddown": "Write int(x), which cuts a fraction off"
    case "todate", "datevalue", "strptime", "cdate": "Write date(\"2016-01-31\")"
    case "concat", "concatenate", "textjoin": "Write a + b"
    case "left", "right", "mid", "substr", "substring":
      "Write text.startsWith(part), text.endsWith(part) or text.matches(regex)"
    case "regex", "regexp", "regexmatch", "match", "rlike": "Write text.matches(regex)"
    case "countif", "countifs": "Write list.count(x, ...)"
    case "sumif", "sumifs": "Write list.filter(x, ...).map(x, ...).sum()"
    case "vlookup", "xlookup", "hlookup": "Write lookup(table, key)"
    case "any", "some": "Write list.exists(x, ...)"
    case "every": "Write list.all(x, ...)"
    case "where", "select": "Write list.filter(x, ...) or list.map(x, ...)"
    default: nil
    }
  }

  /// How to ask for the time of day of a date-time.
  static func timeOfDay(of name: String) -> String {
    "Ask for the time of day as text: string(\(name)).matches('T(1[7-9]|2[0-3])') is 17:00 or later"
  }

  /// How to write here what a method of that name does elsewhere on a text or a list.
  static func advice(forMethod name: String, onList isOnList: Bool) -> String? {
    let word = folded(name)
    switch word {
    case "len", "length", "count": return "Write .size()"
    case "isempty", "isnull", "isblank":
      return isOnList ? "Write .size() == 0" : "Write !has(x)"
    case "touppercase", "toupper", "uppercase": return "Write .upper()"
    case "tolowercase", "tolower", "lowercase": return "Write .lower()"
    case "strip": return "Write .trim()"
    case "match", "regex", "test": return "Write .matches(regex)"
    default: break
    }
    guard isOnList else { return nil }
    switch word {
    case "any", "some": return "Write .exists(x, ...)"
    case "every": return "Write .all(x, ...)"
    case "where", "select", "find":
      return "Write .filter(x, ...) for some of them, or .map(x, ...) for a value of each"
    case "includes", "has": return "Write `element in list`"
    case "sort", "sorted", "orderby": return "Write .sortBy(x, ...)"
    case "unique": return "Write .distinct()"
    case "average", "avg", "mean": return "Write .sum() and .size(), and divide"
    default: return nil
    }
  }

  /// What a bare name stands for elsewhere.
  static func advice(forName name: String) -> String? {
    switch folded(name) {
    case "true", "yes": "Write true"
    case "false", "no": "Write false"
    case "null", "none", "nil", "nan", "undefined", "blank", "empty":
      "A missing value is absent: ask with has(x) or !has(x)"
    case "today", "now", "currentdate": "Write asOf: the as-of date is the only clock"
    default: nil
    }
  }

  /// What to write for a word that stands where an operator could.
  static func advice(forOperator word: String) -> String? {
    switch word.lowercased() {
    case "and": "Write `&&`"
    case "or": "Write `||`"
    case "not": "Write `!` before what is not to hold: !(x in [...])"
    case "is": "Write has(x) or !has(x) to ask for a value, `==` to compare"
    case "like", "ilike":
      "Write text.startsWith(part), text.endsWith(part), text.contains(part) or text.matches(regex)"
    case "between": "Write a <= x && x <= b"
    case "contains", "has", "includes": "Write text.contains(part), or `element in list`"
    case "equals", "eq": "Write `==`"
    case "mod": "Write `%`"
    case "if", "then", "else": "Write condition ? a : b"
    case "working", "day", "days", "week", "weeks", "month", "months", "year", "years", "hour",
      "hours":
      "An amount of time in an expression is days(n), workingDays(n), weeks(n), months(n), years(n) or hours(n)"
    default: nil
    }
  }

  /// What to write for a word before a value that has no meaning here.
  static func advice(forPrefix word: String) -> String? {
    switch word.lowercased() {
    case "not": "Write `!` in place of `\(word)`"
    case "if", "when", "where": "Leave `\(word)` out"
    default: nil
    }
  }

  /// An amount of time, where a number runs into its unit.
  static func advice(forAmount number: String, of unit: String) -> String? {
    switch unit.lowercased() {
    case "d", "day", "days": "Write days(\(number)) or workingDays(\(number))"
    case "w", "week", "weeks": "Write weeks(\(number))"
    case "m", "month", "months": "Write months(\(number))"
    case "y", "year", "years": "Write years(\(number))"
    case "h", "hour", "hours": "Write hours(\(number))"
    default: nil
    }
  }

  /// A name as it reads, however it is written.
  static func folded(_ name: String) -> String {
    name.lowercased().filter { $0 != "_" }
  }
}
