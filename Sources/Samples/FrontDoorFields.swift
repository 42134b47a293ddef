// The columns that a sample fills for people, for staff, and for the way cases begin.

enum PersonField: Int, SheetField {
  case personId, nhsNumber, forename, surname, dateOfBirth, expectedDateOfBirth, sex, ethnicity
  case disabled, upn, unaccompanied, postcode, team, workerId, worker
}

enum StaffField: Int, SheetField {
  case staffId, name, registration, jobTitle, role, contract, team, fte, startedOn,
    leftOn
}

enum TeamField: Int, SheetField {
  case team, service, manager, email
}

enum ContactField: Int, SheetField {
  case contactId, personId, contactedOn, source, decidedOn, outcome, contactedAt, decidedAt, rag
  case ratedAt, consent, quality, outOfHours, team, worker, notes
}

enum ReferralField: Int, SheetField {
  case referralId, personId, contactId, receivedOn, source, decidedOn, outcome, consent, quality
  case feedbackOn, allocatedOn, destinationTeam, homeless, childSeenOn, noFurtherAction, primaryNeed
  case closedOn, closureReason, team, worker, notes
}

enum AssessmentField: Int, SheetField {
  case assessmentId, personId, referralId, assessmentType, startedOn, childSeen, childSeenOn
  case childViewsRecorded, familyViewsRecorded, directWorkSessions, factors,
    authorisedOn
  case outcome, overrunReason, team, worker, notes
}

enum InvolvementField: Int, SheetField {
  case involvementId, personId, workerId, worker, team, role, startedOn, endedOn
}
