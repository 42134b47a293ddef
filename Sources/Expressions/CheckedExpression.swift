public import Patterns
public import Values
public import WorkingTime

/// An expression that has passed the type checker, free of anything that ties it to an evaluator.
public struct CheckedExpression: Sendable {
  /// What it computes.
  public let node: Node
  /// What it reads, each once, in reading order; found once for all who prepare a run.
  public let uses: [ExpressionUse]
  /// What it gives.
  public var type: ValueType
  /// As it stands in the rule file.
  public var source: ExpressionSource

  /// Pairs a tree with its type and text.
  public init(node: Node, type: ValueType, source: ExpressionSource) {
    self.node = node
    uses = ExpressionUse.all(in: node)
    self.type = type
    self.source = source
  }

  /// The same expression, converted to a number if it gives an int.
  public var asNumber: CheckedExpression {
    guard type == .int else { return self }
    return CheckedExpression(
      node: TypeChecker.node(of: (node, type), as: .number), type: .number, source: source)
  }

  /// One step of a computation.
  ///
  /// Slot 0 of the variables is the row judged.
  public indirect enum Node: Sendable {
    /// A value that never changes.
    case constant(Constant)
    /// The as-of date.
    case asOf
    /// The value of a parameter, by number.
    case parameter(Int)
    /// The current element of a list function, or the judged row.
    case variable(Int)
    /// A value known only to messages, such as `dueOn`.
    case special(String)
    /// A field of a row.
    case field(of: Node, table: Int, field: Int)
    /// A derived column of a row.
    case derived(of: Node, table: Int, column: Int)
    /// The row that a foreign key of a row refers to.
    case parent(of: Node, relation: Int)
    /// The rows whose foreign key refers to a row, in the order of the files.
    case children(of: Node, relation: Int)
    /// All rows of a table.
    case allRows(table: Int, isEarlier: Bool)
    /// The first row with a primary key.
    case lookup(table: Int, isEarlier: Bool, keys: [Node])
    /// The codes of a list that hold on the as-of date.
    case codes(Int)
    /// A list written out.
    case list([Node])
    /// `condition ? a : b`.
    case conditional(Node, Node, Node)
    /// Kleene's and.
    case and(Node, Node)
    /// Kleene's or.
    case or(Node, Node)
    /// `== != < <= > >=`.
    case comparison(Comparison, Node, Node)
    /// `+ - * / %`.
    case arithmetic(Arithmetic, Node, Node)
    /// `in`.
    case contains(element: Node, list: Node)
    /// `x[n]`.
    case index(Node, Node)
    /// A function that is absent as soon as one of its arguments is.
    case call(Function, [Node])
    /// `matches` with a pattern known beforehand.
    case matches(Node, Pattern)
    /// The first of the values that is not absent.
    case coalesce([Node])
    /// Whether a value is not absent.
    case has(Node)
    /// Whether a cell held anything.
    case given(of: Node, table: Int, field: Int)
    /// Equality that counts absent as equal to absent.
    case same(Node, Node)
    /// A list function that computes something for each element.
    case loop(Loop, list: Node, slot: Int, body: Node)
    /// Periods made from rows that touch or overlap.
    case spans(list: Node, slot: Int, start: Node, end: Node)
    /// A list function without a computation of its own.
    case listCall(ListFunction, Node, [Node])
    /// `.start`, `.end` or `.rows` of a period.
    case periodPart(PeriodPart, Node)
    /// An aggregate over the rows of a limit's group.
    case aggregate(Aggregate, Node?)
  }

  /// A value written in the rules.
  public enum Constant: Hashable, Sendable {
    /// True or false.
    case bool(Bool)
    /// A whole number.
    case int(Int64)
    /// A number.
    case number(Double)
    /// Text.
    case string(Text)
    /// A day.
    case date(CalendarDate)
    /// A day and time.
    case datetime(LocalDateTime)
    /// A time of day.
    case time(TimeOfDay)
    /// An amount of time.
    case duration(TimeSpan)
  }

  /// The comparisons.
  public enum Comparison: String, Hashable, Sendable {
    /// `==`
    case equal = "=="
    /// `!=`
    case notEqual = "!="
    /// `<`
    case less = "<"
    /// `<=`
    case lessOrEqual = "<="
    /// `>`
    case greater = ">"
    /// `>=`
    case greaterOrEqual = ">="
  }

  /// The operators of arithmetic.
  public enum Arithmetic: String, Hashable, Sendable {
    /// `+`
    case add = "+"
    /// `-`
    case subtract = "-"
    /// `*`
    case multiply = "*"
    /// `/`
    case divide = "/"
    /// `%`
    case remainder = "%"
  }

  /// The list functions that compute something for each element.
  public enum Loop: String, CaseIterable, Hashable, Sendable {
    /// Whether the computation is true for some element.
    case exists
    /// Whether it is true for all.
    case all
    /// For how many it is true.
    case count
    /// The elements for which it is true.
    case filter
    /// Its values.
    case map
    /// The elements in the order of its values.
    case sortBy
    /// The first element with its least value.
    case minBy
    /// The first element with its greatest value.
    case maxBy
  }

  /// The list functions without a computation.
  public enum ListFunction: String, CaseIterable, Hashable, Sendable {
    /// How many elements.
    case size
    /// The first element.
    case first
    /// The last element.
    case last
    /// The element with a number, from 0.
    case at
    /// The least.
    case min
    /// The greatest.
    case max
    /// The sum.
    case sum
    /// Each value once.
    case distinct
    /// The element before a row.
    case before
    /// The element after a row.
    case after
  }

  /// What a period has.
  public enum PeriodPart: String, CaseIterable, Hashable, Sendable {
    /// The start of its earliest row.
    case start
    /// The latest end of its rows; absent while one is open.
    case end
    /// Its rows, by start.
    case rows
  }

  /// The aggregates of a limit.
  public enum Aggregate: String, CaseIterable, Hashable, Sendable {
    /// How many rows, or for how many something is true.
    case count
    /// The sum over the rows.
    case sum
    /// How many different values.
    case countDistinct
    /// The least.
    case min
    /// The greatest.
    case max
    /// The mean.
    case average
  }
}
