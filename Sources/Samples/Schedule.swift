/// Something that has to be done repeatedly.
struct Duty {
  var from: Int
  /// The day on which the duty ended; nil while it goes on.
  var until: Int?
  var first: Pace
  var every: Pace
  /// Whether it is done on working days only.
  var onWorkingDays = false
}

/// How a duty is neglected.
struct Neglect {
  /// The first due date from this day on is the one missed.
  var dueFrom: Int
  /// The delay in days; nil if it is never done again.
  var days: Int?
  /// A delay that would reach this day does not happen: the duty is done in time instead.
  var before = Int.max
  /// Whether the neglect has happened, which it does only once.
  var happened = false
}

extension ChildWriter {
  /// The neglect that the child's fault asks for, in recent months; nil if it asks for none.
  mutating func neglect(late: Fault, overdue: Fault? = nil, by days: ClosedRange<Int>) -> Neglect? {
    if fault == late {
      // Rules leave out what was done more than twelve months ago.
      let dueFrom = asOf - random.between(40, 330)
      return Neglect(dueFrom: dueFrom, days: random.between(days.lowerBound, days.upperBound))
    }
    if let overdue, fault == overdue { return Neglect(dueFrom: asOf - 90, days: nil) }
    return nil
  }

  /// The days on which a duty was done: in time, except where it is neglected.
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
