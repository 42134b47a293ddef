/// The sheets of all tables that a sample fills.
struct SampleTables {
  var people: Sheet<PersonField>
  var staff: Sheet<StaffField>
  var teams: Sheet<TeamField>
  var contacts: Sheet<ContactField>
  var referrals: Sheet<ReferralField>
  var assessments: Sheet<AssessmentField>
  var involvements: Sheet<InvolvementField>
  var discussions: Sheet<DiscussionField>
  var enquiries: Sheet<EnquiryField>
  var conferences: Sheet<ConferenceField>
  var protectionPlans: Sheet<ProtectionPlanField>
  var coreGroups: Sheet<CoreGroupField>
  var needPlans: Sheet<NeedPlanField>
  var needReviews: Sheet<NeedReviewField>
  var visits: Sheet<VisitField>
  var missing: Sheet<MissingField>
  var carePeriods: Sheet<CarePeriodField>
  var legal: Sheet<LegalField>
  var placements: Sheet<PlacementField>
  var reviews: Sheet<ReviewField>
  var permanence: Sheet<PermanenceField>
  var health: Sheet<HealthField>
  var education: Sheet<EducationField>
  var questionnaires: Sheet<QuestionnaireField>
  var leavers: Sheet<LeaverField>
  var leaverContacts: Sheet<LeaverContactField>
  var pathways: Sheet<PathwayField>
  var attendances: Sheet<AttendanceField>
  var earlyHelp: Sheet<EarlyHelpField>
  var court: Sheet<CourtField>
  var custody: Sheet<CustodyField>
  var fostering: Sheet<FosteringField>
  var fosteringVisits: Sheet<FosteringVisitField>
  var planActions: Sheet<PlanActionField>
  var adoptions: Sheet<AdoptionField>
  var training: Sheet<TrainingField>

  init(_ setting: SampleSetting) {
    people = Sheet("people", setting)
    staff = Sheet("staff", setting)
    teams = Sheet("teams", setting)
    contacts = Sheet("contacts", setting)
    referrals = Sheet("referrals", setting)
    assessments = Sheet("assessments", setting)
    involvements = Sheet("involvements", setting)
    discussions = Sheet("strategy_discussions", setting)
    enquiries = Sheet("section47_enquiries", setting)
    conferences = Sheet("conferences", setting)
    protectionPlans = Sheet("cp_plans", setting)
    coreGroups = Sheet("core_groups", setting)
    needPlans = Sheet("cin_plans", setting)
    needReviews = Sheet("cin_reviews", setting)
    visits = Sheet("visits", setting)
    missing = Sheet("missing_episodes", setting)
    carePeriods = Sheet("care_periods", setting)
    legal = Sheet("legal_status_episodes", setting)
    placements = Sheet("placements", setting)
    reviews = Sheet("looked_after_reviews", setting)
    permanence = Sheet("permanence_plans", setting)
    health = Sheet("health_assessments", setting)
    education = Sheet("peps", setting)
    questionnaires = Sheet("sdq_scores", setting)
    leavers = Sheet("care_leavers", setting)
    leaverContacts = Sheet("care_leaver_contacts", setting)
    pathways = Sheet("pathway_plans", setting)
    attendances = Sheet("strategy_attendances", setting)
    earlyHelp = Sheet("early_help_episodes", setting)
    court = Sheet("court_cases", setting)
    custody = Sheet("custody_detentions", setting)
    fostering = Sheet("private_fostering", setting)
    fosteringVisits = Sheet("private_fostering_visits", setting)
    planActions = Sheet("child_plan_actions", setting)
    adoptions = Sheet("adoptions", setting)
    training = Sheet("training", setting)
  }

  /// The names of the tables, in the order in which `take` hands over their bytes.
  static let names = [
    "people", "staff", "teams", "contacts", "referrals", "assessments", "involvements",
    "strategy_discussions", "section47_enquiries", "conferences", "cp_plans", "core_groups",
    "cin_plans", "cin_reviews", "visits", "missing_episodes", "care_periods",
    "legal_status_episodes", "placements", "looked_after_reviews", "permanence_plans",
    "health_assessments", "peps", "sdq_scores", "care_leavers", "care_leaver_contacts",
    "pathway_plans", "strategy_attendances", "early_help_episodes", "court_cases",
    "custody_detentions", "private_fostering", "private_fostering_visits", "child_plan_actions",
    "adoptions", "training",
  ]

  /// Hands over the rows written so far, table by table.
  mutating func take() -> [[UInt8]] {
    [
      people.take(), staff.take(), teams.take(), contacts.take(), referrals.take(),
      assessments.take(), involvements.take(), discussions.take(), enquiries.take(),
      conferences.take(), protectionPlans.take(), coreGroups.take(), needPlans.take(),
      needReviews.take(), visits.take(), missing.take(), carePeriods.take(), legal.take(),
      placements.take(), reviews.take(), permanence.take(), health.take(), education.take(),
      questionnaires.take(), leavers.take(), leaverContacts.take(), pathways.take(),
      attendances.take(), earlyHelp.take(), court.take(), custody.take(), fostering.take(),
      fosteringVisits.take(), planActions.take(), adoptions.take(), training.take(),
    ]
  }
}
