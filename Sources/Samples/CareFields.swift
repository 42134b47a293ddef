// The columns that a sample fills for children who are, or were, looked after.

enum CarePeriodField: Int, SheetField {
  case periodId, personId, startedOn, endedOn, endReason, legalStatus, legalStatusOn, categoryOfNeed
  case carePlanOn, iroId, iro, iroAllocatedOn
}

enum LegalField: Int, SheetField {
  case statusId, personId, legalStatus, startedAt, endedAt
}

enum PlacementField: Int, SheetField {
  case placementId, periodId, personId, startedOn, endedOn, placementType, provider, urn, distance
  case carerId, permanent, emergency, outOfArea, planOn, notifiedOn, endNotifiedOn, changeReason
}

enum ReviewField: Int, SheetField {
  case reviewId, periodId, personId, heldOn, cancelled, decisionsSentOn, iroId, iro, participation
  case recordSentOn
}

enum PermanenceField: Int, SheetField {
  case permanencePlanId, periodId, personId, planType, agreedOn, panelOn
}

enum HealthField: Int, SheetField {
  case healthId, personId, checkType, seenOn, status, reportReceivedOn
}

enum EducationField: Int, SheetField {
  case pepId, personId, heldOn, status
}

enum QuestionnaireField: Int, SheetField {
  case sdqId, personId, completedOn, score
}

enum LeaverField: Int, SheetField {
  case leaverId, personId, eligibility, eligibleFrom, leftCareOn, adviserId, adviser
  case adviserAllocatedOn, inTouch, latestContactOn, accommodation, accommodationSuitable
  case accommodationProvidedOn, activity, needsAssessedOn, pathwayReviewedOn, entitlementsToldOn
  case team, worker
}

enum LeaverContactField: Int, SheetField {
  case contactId, personId, contactedOn, contactType, seen, atAccommodation, worker
}

enum PathwayField: Int, SheetField {
  case pathwayPlanId, personId, assessedOn, agreedOn, kind, contributed
}
