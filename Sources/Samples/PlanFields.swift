// The columns that a sample fills for plans, for what leads to them, and for visits.

enum DiscussionField: Int, SheetField {
  case discussionId, personId, referralId, triggeredOn, heldOn, outcome, agencies, recordedOn, team
}

enum EnquiryField: Int, SheetField {
  case enquiryId, personId, referralId, discussionId, startedOn, endedOn, childSeenOn
  case conferenceRequestedOn, outcome, conferenceUnnecessary, team, worker
}

enum ConferenceField: Int, SheetField {
  case conferenceId, personId, enquiryId, planId, conferenceType, heldOn, reportReceivedOn
  case chair, outcome, minutesSentOn, quorate
}

enum ProtectionPlanField: Int, SheetField {
  case planId, personId, conferenceId, startedOn, endedOn
  case childViewsRecorded, initialCategory, latestCategory, previousPlans, team, worker
}

enum CoreGroupField: Int, SheetField {
  case coreGroupId, planId, personId, heldOn, recordedOn
}

enum NeedPlanField: Int, SheetField {
  case planId, personId, referralId, startedOn, endedOn, updatedOn, childViewsRecorded
  case closureReason, team, worker
}

enum NeedReviewField: Int, SheetField {
  case reviewId, planId, personId, heldOn, minutesSentOn, recordedOn
}

enum VisitField: Int, SheetField {
  case visitId, personId, visitType, visitedOn, seen, seenAlone, bedroomSeen, recordedOn, recordedAt
  case childVoiceRecorded, workerId, worker, notes
}

enum MissingField: Int, SheetField {
  case episodeId, personId, episodeType, wentMissingAt, returnedAt, interviewOffered
  case interviewAccepted, refusalReason, offeredAt, interviewer, independent, fromWhere, toWhere
  case missingWith, interviewedAt, notes
}
