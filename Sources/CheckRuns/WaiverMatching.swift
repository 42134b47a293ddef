import Exceptions
import WorkingTime

extension RunReport {
  /// Takes what is waived on the as-of date off the teams' lists, and notes the outcome of each
  /// waiver.
  mutating func apply(_ waivers: [Waiver]) {
    var matching = WaiverMatching(waivers, asOf: asOf)
    var waived = 0
    // The name of a record has to be put together, for each of what may be many.
    let asked = matching.hasAny ? exceptions.indices : 0..<0
    for index in asked { matching.count(exceptions[index]) }
    for index in asked {
      guard let until = matching.waives(exceptions[index]) else { continue }
      exceptions[index].list = .waived
      exceptions[index].waivedUntil = until
      waived += 1
    }
    self.waivers = matching.outcome(of: waivers, waived: waived)
  }
}

/// Compares exceptions with the waivers in force on a day: what is waived leaves its list.
struct WaiverMatching {
  private let asOf: CalendarDate
  private let inForce: [Waiver]
  /// The numbers of the waivers that name a record.
  private let byRecord: [String: [Int]]
  /// What each was agreed to of, where that was noted.
  private let notes: [WaiverNote?]
  /// How many exceptions each speaks of in one place.
  private var counts: [Place: Int] = [:]
  /// Whose exceptions each speaks of that was noted of none, by table.
  private var children: [Int: [String: Set<String>]] = [:]
  /// Those of one occasion that were agreed of just what stands there.
  private var inPlace: Set<Int> = []
  /// Those of one occasion that were agreed of just what stands under another number.
  private var elsewhere: Set<Int> = []
  private var matched: Set<Int> = []
  private var changed: Set<Int> = []
  /// For waivers of a value, the rules that the value keeps from judging and that no waiver covers.
  private var blocking: [Int: Set<String>] = [:]

  /// What one waiver speaks of: several exceptions where records have one key.
  private struct Place: Hashable {
    let waiver: Int
    let table: String
    let occasion: Int?
  }

  init(_ waivers: [Waiver], asOf: CalendarDate) {
    self.asOf = asOf
    inForce = waivers.filter { $0.until >= asOf && $0.agreedOn <= asOf }
    notes = inForce.map { WaiverNote($0.digest) }
    byRecord = Dictionary(grouping: inForce.indices, by: { [inForce] in inForce[$0].record })
  }

  /// Whether any waiver is in force.
  var hasAny: Bool { !inForce.isEmpty }

  /// Counts an exception: all are, before any is held against the waivers.
  mutating func count(_ exception: CaseException) {
    guard let candidates = byRecord[exception.recordID] else { return }
    for number in candidates where exception.isWhatWasAgreed(in: inForce[number]) {
      if inForce[number].occasion == exception.occasion {
        inPlace.insert(number)
      } else {
        elsewhere.insert(number)
      }
    }
    for number in candidates where inForce[number].covers(exception) {
      counts[place(number, exception), default: 0] += 1
      if notes[number] == nil {
        children[number, default: [:]][exception.table, default: []].insert(exception.personID)
      }
    }
  }

  private func place(_ waiver: Int, _ exception: CaseException) -> Place {
    Place(waiver: waiver, table: exception.table, occasion: exception.occasion)
  }

  /// The waivers that speak of an exception: one whose visit has another number now goes with it, and
  /// says nothing of what has been given the number since.
  private func speaking(of exception: CaseException, _ candidates: [Int]) -> [Int] {
    candidates.filter { number in
      if elsewhere.contains(number), !inPlace.contains(number) {
        return exception.isWhatWasAgreed(in: inForce[number])
      }
      return inForce[number].covers(exception)
    }
  }

  /// The last day on which an exception is waived; nil where it stays on its list.
  mutating func waives(_ exception: CaseException) -> CalendarDate? {
    waiver(of: exception)?.until
  }

  /// The waiver that takes an exception off its list, of several the one that holds longest; nil where
  /// it stays there.
  mutating func waiver(of exception: CaseException) -> Waiver? {
    guard let candidates = byRecord[exception.recordID] else { return nil }
    let speaking = speaking(of: exception, candidates)
    matched.formUnion(speaking)
    let now = exception.waiverNote
    let ofOther = speaking.filter { number in
      notes[number].map { $0.contents != now.contents || $0.isOfAnother(than: now) } ?? false
    }
    changed.formUnion(ofOther)
    changed.formUnion(speaking.filter { isOfSeveralChildren($0, exception) })
    let applying = speaking.filter { number in
      holds(number, for: exception, now, isOfOther: ofOther.contains(number))
    }
    if exception.status == .cannotJudge {
      changed.formUnion(speaking.filter { !applying.contains($0) })
    }
    if applying.isEmpty { return nil }
    let unspoken = rulesUnspoken(of: exception, candidates)
    guard unspoken.isEmpty else {
      for number in applying { blocking[number, default: []].formUnion(unspoken) }
      return nil
    }
    return applying.map { inForce[$0] }.max { $0.until < $1.until }
  }

  /// Whether records of several children have the key that a waiver names, and nothing was noted of
  /// the one that was agreed to.
  private func isOfSeveralChildren(_ number: Int, _ exception: CaseException) -> Bool {
    children[number]?[exception.table].map { $0.count > 1 } ?? false
  }

  /// Whether a waiver that speaks of an exception holds for it; `isOfOther` where something else
  /// stood there when it was agreed to.
  private func holds(
    _ number: Int, for exception: CaseException, _ now: WaiverNote, isOfOther: Bool
  ) -> Bool {
    // Its number has been given to another child's record, of which nothing was agreed.
    if notes[number]?.isOfAnother(than: now) ?? false { return false }
    if isOfSeveralChildren(number, exception) { return false }
    // Of several records with one key it was one.
    if isOfOther, counts[place(number, exception), default: 0] > 1 { return false }
    switch exception.status {
    // Somebody must put a value right, unless just that was agreed: nobody knows what there is to
    // agree to.
    case .cannotJudge: return !isOfOther && notes[number] != nil
    // A visit that was entered or taken out since gives all after it other numbers: a child who
    // waits is not to leave the lists by what was agreed to of another visit. If one visit was
    // noted, it was not every visit that was agreed to, though the waiver names none.
    case .overdue: return !isOfOther || inForce[number].occasion ?? exception.occasion == nil
    case .failed, .late, .dueSoon: return true
    }
  }

  /// The rules that the value keeps from judging and that no waiver covers.
  private mutating func rulesUnspoken(of exception: CaseException, _ candidates: [Int]) -> [String]
  {
    exception.blocks.filter { rule in
      let spoken = candidates.filter {
        inForce[$0].occasion == nil
          && inForce[$0].covers(
            rule: rule, table: exception.table, record: exception.recordID, occasion: nil)
      }
      matched.formUnion(spoken)
      return spoken.isEmpty
    }
  }

  /// The outcome of all waivers, by which this many exceptions were waived.
  func outcome(of waivers: [Waiver], waived: Int) -> WaiverOutcome {
    var outcome = WaiverOutcome()
    outcome.all = waivers
    outcome.ended = waivers.filter { $0.until < asOf }
    outcome.notYet = waivers.filter { $0.until >= asOf && $0.agreedOn > asOf }
    outcome.unmatched = inForce.indices.filter { !matched.contains($0) }.map { inForce[$0] }
    outcome.changed = inForce.indices.filter { changed.contains($0) }.map { inForce[$0] }
    outcome.blocking = inForce.indices.compactMap { number in
      blocking[number].map { rules in
        (inForce[number], rules.inByteOrder())
      }
    }
    outcome.waived = waived
    return outcome
  }
}
