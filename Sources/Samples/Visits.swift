// Visits, and who works with the child.
extension ChildWriter {
  /// Writes a visit and, now and then, one two days earlier at which the child was not seen.
  mutating func writeVisit(_ type: String, on day: Int) {
    if type != "SA", random.happens(fault == .visitSeenMissing ? 60 : 6) {
      writeVisit(type, on: day - 2, seen: false)
    }
    writeVisit(type, on: day, seen: true)
  }

  private mutating func writeVisit(_ type: String, on day: Int, seen: Bool) {
    visitCount += 1
    let visit = id(.visit, visitCount)
    let recorded = min(day + random.below(4), asOf)
    tables.visits[.visitId] = visit
    tables.visits[.personId] = person
    tables.visits[.visitType] = .text(type)
    tables.visits[.visitedOn] = .date(day)
    tables.visits[.seen] = .flag(seen)
    // A child with a protection plan has to be seen alone; most others are too.
    let isAlone = random.happens(80)
    tables.visits[.seenAlone] = .flag(seen && (isAlone || type == "CP"))
    tables.visits[.bedroomSeen] = .flag(seen && random.happens(50))
    tables.visits[.recordedOn] = .date(recorded)
    if recorded < asOf {
      tables.visits[.recordedAt] = .moment(recorded, random.between(16 * 60, 20 * 60))
    }
    tables.visits[.childVoiceRecorded] = .flag(seen && random.happens(90))
    tables.visits[.workerId] = worker.id
    tables.visits[.worker] = .text(worker.name)
    if random.happens(92) { tables.visits[.notes] = .note(random.next()) }
    spoilVisit(visit, day, seen)
  }

  private mutating func spoilVisit(_ visit: Cell, _ day: Int, _ seen: Bool) {
    if fault == nil {
      tables.visits.write()
      return
    }
    if takesFault(.visitRecordedOnNoDay) {
      tables.visits[.recordedOn] = .text("31/02/2016")
      tables.visits[.recordedAt] = .empty
      let rule = "visits.recorded_on.type"
      plant(rule, "visits", visit, field: "recorded_on", "a day that does not exist")
    } else if takesFault(.visitRecordedInFuture) {
      tables.visits[.recordedOn] = .date(asOf + 20)
      tables.visits[.recordedAt] = .empty
      plant("visits.recorded_on.maximum", "visits", visit, field: "recorded_on", "a day to come")
    } else if takesFault(.visitRecordedBeforeMade) {
      tables.visits[.recordedOn] = .date(day - 2)
      tables.visits[.recordedAt] = .empty
      let rule = "visit-dates-in-order"
      plant(rule, "visits", visit, field: "recorded_on", "recorded before it was made")
    } else if !seen, isMeant(.visitSeenMissing) {
      tables.visits[.seen] = .empty
      plant("visits.seen.required", "visits", visit, field: "seen", "no word on whether seen")
    } else if takesFault(.visitWorkerUnknown) {
      tables.visits[.workerId] = .id(.staff, 7)
      let rule = "visits.worker_id.reference"
      plant(rule, "visits", visit, field: "worker_id", "a worker who is not listed")
    } else if takesFault(.visitWorkerHadLeft) {
      tables.visits[.workerId] = Worker(leaver: child % Worker.leavers).id
      let rule = "visit-by-serving-worker"
      plant(rule, "visits", visit, field: "worker_id", "a worker who had left")
    } else if takesFault(.visitTwice) {
      plant("visits.key", "visits", visit, field: "visit_id", "the row stands there twice")
      tables.visits.writeTwice()
      return
    } else if takesFault(.visitEnteredTwice) {
      enterTwice(visit)
      return
    }
    tables.visits.write()
  }

  /// Writes the current visit under two identifiers; the rule finds both records.
  private mutating func enterTwice(_ visit: Cell) {
    visitCount += 1
    let second = id(.visit, visitCount)
    for record in [visit, second] {
      plant(
        "visit-entered-twice", "visits", record, field: "visited_on", "one visit, entered twice")
    }
    tables.visits.writeTwice { $0[.visitId] = second }
  }

  /// Writes the time for which a worker held a role in the child's case.
  mutating func writeInvolvement(_ role: String, _ holder: Worker, from: Int, until: Int?) {
    tables.involvements[.involvementId] = id(.involvement, role == "SW" ? 1 : role == "IRO" ? 2 : 3)
    tables.involvements[.personId] = person
    tables.involvements[.workerId] = holder.id
    tables.involvements[.worker] = .text(holder.name)
    tables.involvements[.team] = .text(holder.team)
    tables.involvements[.role] = .text(role)
    tables.involvements[.startedOn] = .date(from)
    tables.involvements[.endedOn] = .date(until)
    tables.involvements.write()
  }
}
