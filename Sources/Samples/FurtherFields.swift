// The columns that a sample fills for what goes with plans and care.

enum AttendanceField: Int, SheetField {
  case strategyId, agency, attended, apologies
}

enum EarlyHelpField: Int, SheetField {
  case episodeId, personId, referredOn, startedOn, assessedOn, planOn, endedOn, endReason, consent
  case organisation, team, worker
}

enum CourtField: Int, SheetField {
  case caseId, personId, courtReference, application, letterSentOn, firstMeetingOn
  case preProceedingsEndedOn, preProceedingsOutcome, issuedOn, extendedTo, extensionReason
  case finalOrderOn, finalOrder, allocatedManager, team, worker
}

enum CustodyField: Int, SheetField {
  case detentionId, personId, detainedAt, notifiedAt, releasedAt, destination, heldOvernight
}

enum FosteringField: Int, SheetField {
  case arrangementId, personId, notifiedOn, startedOn, endedOn, outcome, assessmentStartedOn
  case assessmentAuthorisedOn, team, worker
}

enum FosteringVisitField: Int, SheetField {
  case visitId, arrangementId, personId, visitedOn, seen, seenAlone, reportOn
}

enum PlanActionField: Int, SheetField {
  case childActionId, personId, planKind, action, responsible, setOn, dueOn, doneOn, team, worker
}

enum AdoptionField: Int, SheetField {
  case adoptionId, personId, enteredCareOn, decidedOn, placementOrderOn
}

enum TrainingField: Int, SheetField {
  case trainingId, staffId, course, completedOn
}
