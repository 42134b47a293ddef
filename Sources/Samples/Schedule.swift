/// A thing that has to be done again and again.
struct Duty {
  var from: Int
  /// The day on which it ends, where it has ended.
  var until: Int?
  var first: Pace
  var every: Pace
  /// Whether it is done on working days only.
  var onWorkingDays = false
}

/// How a duty is neglected.
struct Neglect {
  /// The due date that is missed is the first from this day on.
  var dueFrom: Int
  /// By how many days; nil where it is not done any more.
  var days: Int?
  /// Done late, it is still done before this day.
  var before = Int.max
  /// Whether it came to that.
  var happened = false
}

extension ChildWriter {
  /// A neglect that may happen in the last months, where the child's fault asks for one.
  mutating func neglect(late: Fault, overdue: Fault? = nil, by days: ClosedRange<Int>) -> Neglect? {
    if fault == late {
      // Rules look back twelve months from the day on which it was done.
      let dueFrom = asOf - random.between(40, 330)
      return Neglect(dueFrom: dueFrom, days: random.between(days.lowerBound, days.upperBound))
    }
    if let overdue, fault == overdue { return Neglect(dueFrom: asOf - 90, days: nil) }
    return nil
  }

  /// The days on which a duty was done: always in time, but where it is neglected.
  mutating func days(of duty: Duty, _ neglect: inout Neglect?) -> [Int] {
    var days: [Int] = []
    var last = duty.from
    while true {
      let due = clock.due(days.isEmpty ? duty.first : duty.every, after: last)
      if let until = duty.until, due >= until { return days }
      if let wrong = neglect, !wrong.happened, due >= wrong.dueFrom, due < asOf {
        guard let late = wrong.days else {
          neglect?.happened = true
          return days
        }
        let done = duty.onWorkingDays ? clock.workingDay(from: due + late) : due + late
        if done < min(duty.until ?? Int.max, wrong.before), done <= asOf {
          neglect?.happened = true
          days.append(done)
          last = done
          continue
        }
      }
      var done = due - random.below(max(1, (due - last) / 3))
      if duty.onWorkingDays { done = clock.workingDay(upTo: done) }
      guard done <= asOf, done > last else { return days }
      days.append(done)
      last = done
    }
  }

  /// The days on which a duty was done in time.
  mutating func days(of duty: Duty) -> [Int] {
    var none: Neglect?
    return days(of: duty, &none)
  }
}
