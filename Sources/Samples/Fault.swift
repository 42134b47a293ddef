/// What can be wrong with a child's records.
///
/// A child has at most one fault, so that the rules it breaks are known without judging them.
enum Fault: Int, CaseIterable {
  // Cells that do not hold what their column asks for.
  case ethnicityUnknownCode
  case postcodeImpossible
  case upnOfAnotherChild
  case personTeamUnknown
  case birthDateMissing
  case contactSourceUnknownCode
  case contactTwice
  case contactOutcomeMissing
  case contactConsentMissing
  case referralClosedBefore
  case referralConsentMissing
  case referralClosureReasonMissing
  case referralNoFurtherActionDisagrees
  case assessmentOfUnknownReferral
  case assessmentOutcomeMissing
  case assessmentChildNotSeen
  case visitRecordedOnNoDay
  case visitRecordedInFuture
  case visitRecordedBeforeMade
  case visitSeenMissing
  case visitWorkerUnknown
  case visitWorkerHadLeft
  case visitTwice
  case visitEnteredTwice
  case coreGroupTwice
  case categoryMissing
  case workerMissing
  case needPlanOpenBesideProtection
  case legalStatusDisagrees
  case participationOfInfant
  case endReasonMissing
  case planTypeMissing
  case adviserMissing

  // What was done late, or not at all.
  case contactDecidedLate
  case referralDecidedLate
  case assessmentLate
  case assessmentOverdue
  case needVisitLate
  case needVisitOverdue
  case protectionVisitLate
  case protectionVisitOverdue
  case coreGroupLate
  case reviewConferenceLate
  case enquiryLate
  case conferenceLate
  case careVisitLate
  case careVisitOverdue
  case firstReviewLate
  case laterReviewLate
  case noPermanencePlan
  case initialHealthLate
  case educationPlanLate
  case policeProtectionLong
  case interviewLate
  case interviewNotOffered
  case refusalReasonMissing
  case leaverContactLate
  case pathwayReviewLate

  // Faults in records that go with plans and care: meetings, early help, courts, custody, private
  // fostering and actions.
  case policeAbsent
  case attendanceDisagrees
  case stepDownNotReached
  case earlyHelpPlanMissing
  case proceedingsLong
  case extensionReasonMissing
  case custodyNoticeLate
  case custodyDestinationMissing
  case fosteringVisitLate
  case fosteringNotSeenAlone
  case actionLate
  case actionOverdue
  case actionOfNobody

  /// The courses on which the fault can happen.
  var courses: Set<Course> {
    switch self {
    case .ethnicityUnknownCode, .postcodeImpossible, .upnOfAnotherChild, .personTeamUnknown:
      Course.born.subtracting([.careLeaver])
    case .birthDateMissing: [.contactOnly]
    case .contactSourceUnknownCode, .contactTwice, .contactOutcomeMissing, .contactConsentMissing,
      .contactDecidedLate:
      Course.all.subtracting([.careLeaver])
    case .referralClosedBefore, .referralClosureReasonMissing:
      [.assessedAndClosed, .noLongerInNeed]
    case .referralConsentMissing, .referralNoFurtherActionDisagrees, .referralDecidedLate:
      Course.referred
    case .assessmentOfUnknownReferral, .assessmentLate: Course.referred.subtracting([.unborn])
    case .assessmentOutcomeMissing, .assessmentChildNotSeen: Course.referred.subtracting([.unborn])
    case .assessmentOverdue: [.assessedAndClosed]
    case .visitRecordedOnNoDay, .visitRecordedInFuture, .visitRecordedBeforeMade, .visitSeenMissing,
      .visitWorkerUnknown, .visitWorkerHadLeft, .visitTwice, .visitEnteredTwice:
      Course.visited
    case .coreGroupTwice, .categoryMissing, .coreGroupLate, .enquiryLate, .conferenceLate:
      [.protected, .steppedDown]
    case .workerMissing: [.inNeed, .protected, .lookedAfter]
    case .needPlanOpenBesideProtection, .protectionVisitOverdue: [.protected]
    case .needVisitLate: [.inNeed, .noLongerInNeed, .steppedDown]
    case .needVisitOverdue: [.inNeed, .steppedDown]
    case .protectionVisitLate, .reviewConferenceLate: [.protected, .steppedDown]
    case .legalStatusDisagrees, .careVisitOverdue, .noPermanencePlan: [.lookedAfter]
    case .careVisitLate, .firstReviewLate, .laterReviewLate, .initialHealthLate, .educationPlanLate,
      .policeProtectionLong, .participationOfInfant, .planTypeMissing:
      [.lookedAfter, .leftCare]
    case .endReasonMissing: [.leftCare, .careLeaver]
    case .interviewLate, .interviewNotOffered, .refusalReasonMissing: [.lookedAfter]
    case .policeAbsent, .attendanceDisagrees: [.protected, .steppedDown]
    case .stepDownNotReached, .earlyHelpPlanMissing: [.assessedAndClosed]
    case .proceedingsLong, .extensionReasonMissing: [.lookedAfter, .leftCare]
    case .custodyNoticeLate, .custodyDestinationMissing: [.lookedAfter]
    case .fosteringVisitLate, .fosteringNotSeenAlone: [.contactOnly]
    case .actionLate, .actionOverdue, .actionOfNobody: [.inNeed, .protected, .steppedDown]
    case .leaverContactLate, .pathwayReviewLate, .adviserMissing: [.careLeaver]
    }
  }
}

extension Fault {
  /// Whether its rule judges a record only if other records hold what this one lacks.
  ///
  /// In a small sample there may be no such record, or no record at all of a table that the rule
  /// reads, and a run would not find the fault.
  var needsOthers: Bool {
    switch self {
    case .contactConsentMissing, .referralConsentMissing, .adviserMissing, .stepDownNotReached,
      .workerMissing:
      true
    default: false
    }
  }

  /// The number of children from which on a sample is sure to have such other records.
  static let enoughChildren = 300
}

extension Course {
  static let all = Set(Course.allCases)
  static let born = all.subtracting([.unborn])
  static let referred = all.subtracting([.contactOnly, .careLeaver])
  static let visited: Set<Course> = [
    .inNeed, .noLongerInNeed, .protected, .steppedDown, .lookedAfter, .leftCare,
  ]

  /// The faults that can happen on this course.
  var faults: [Fault] { Self.faultsByCourse[rawValue] }

  private static let faultsByCourse = allCases.map { course in
    Fault.allCases.filter { $0.courses.contains(course) }
  }
}
