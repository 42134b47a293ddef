public import Diagnostics
public import Expressions

/// One rule, checked.
public struct Rule: Sendable {
  /// The unique name, kebab-case.
  public var name: String
  /// What it asks, as a title.
  public var title: String
  /// Why it is asked.
  public var why: String?
  /// The law, guidance or plan behind it.
  public var source: String?
  /// The folder under `packs/`; empty outside it.
  public var pack: String
  /// The number of the table whose rows are judged.
  public var table: Int
  /// Which rows; nil for all.
  public var when: CheckedExpression?
  /// What is asked of a row.
  public var kind: Kind
  /// What an exception says.
  public var message: MessageTemplate?
  /// How to put it right.
  public var fix: String
  /// Where its exceptions go.
  public var list: List
  /// How much they matter.
  public var severity: Severity
  /// Who has to act; nil for the table's owner.
  public var owner: Owner?
  /// What share is aimed at.
  public var target: Target?
  /// Leaves out what was decided before the as-of date less this.
  public var lookBack: CheckedExpression?
  /// When the rule applies.
  public var active: Active?
  /// Free words to group rules by.
  public var tags: [String]
  /// Where it is defined.
  public var position: SourcePosition

  /// Where the exceptions of a rule go.
  public enum List: String, CaseIterable, Hashable, Sendable {
    /// To the team manager.
    case drift
    /// To business support.
    case correction
    /// Nowhere: the rule is a measure only.
    case none
  }

  /// How much an exception matters.
  public enum Severity: String, CaseIterable, Hashable, Sendable {
    /// It has to be put right.
    case error
    /// It has to be looked at.
    case warning
  }

  /// What a rule asks.
  public enum Kind: Sendable {
    /// Something holds.
    case check(Check)
    /// Something is done in time.
    case deadline(Deadline)
    /// Something is done again and again, each time in time.
    case repeating(Repeating)
    /// Something of a group of rows stays within a bound.
    case limit(Limit)
  }
}

/// `check`: met when true.
public struct Check: Sendable {
  /// What has to hold.
  public var expression: CheckedExpression
  /// The field that the exception points at, by number; nil for the first one read.
  public var field: Int?
  /// The row or rows it points at; nil for the row judged.
  public var marks: CheckedExpression?
}

/// `deadline`: done by a day or a minute.
public struct Deadline: Sendable {
  /// The start of the clock; nil where `due` stands by itself.
  public var from: CheckedExpression?
  /// How long it may take; nil where `due` stands by itself.
  public var within: CheckedExpression?
  /// When it is due, in place of `from` and `within`.
  public var due: CheckedExpression?
  /// When it was done; nil where it can never be done.
  public var to: CheckedExpression?
  /// How long before the due date it is due soon.
  public var dueSoon: CheckedExpression?
}

/// `repeat`: done again within a time of the last.
public struct Repeating: Sendable {
  /// The start of the clock.
  public var from: CheckedExpression
  /// The end of the duty; absent is open.
  public var until: CheckedExpression?
  /// The days on which it was done.
  public var events: CheckedExpression
  /// The time from one event to the next.
  public var every: CheckedExpression
  /// The time to the first event; nil for `every`.
  public var first: CheckedExpression?
  /// How long before the due date it is due soon.
  public var dueSoon: CheckedExpression?
}

/// `limit`: an aggregate over a group of rows stays within a bound.
public struct Limit: Sendable {
  /// The group of a row; nil for one group of all.
  public var per: CheckedExpression?
  /// The aggregate.
  public var value: CheckedExpression
  /// The greatest value allowed.
  public var atMost: CheckedExpression?
  /// The least value allowed.
  public var atLeast: CheckedExpression?
}

/// Who has to act on an exception.
public struct Owner: Sendable {
  /// The team; absent is `(no team)`.
  public var team: CheckedExpression?
  /// The worker.
  public var worker: CheckedExpression?

  /// Nobody named.
  public init(team: CheckedExpression? = nil, worker: CheckedExpression? = nil) {
    self.team = team
    self.worker = worker
  }
}

/// When a rule applies, both days included.
public struct Active: Sendable {
  /// From this day on.
  public var from: CheckedExpression?
  /// Up to this day.
  public var to: CheckedExpression?
}

/// Text with expressions in it.
public struct MessageTemplate: Sendable {
  /// A piece of it.
  public enum Piece: Sendable {
    /// As it stands.
    case text(String)
    /// The value of an expression.
    case value(CheckedExpression)
  }

  /// The pieces in order.
  public var pieces: [Piece]
}
