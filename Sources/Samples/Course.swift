/// The kind of case that a child has.
enum Course: Int, CaseIterable {
  case contactOnly
  case assessedAndClosed
  case inNeed
  case noLongerInNeed
  case protected
  case steppedDown
  case lookedAfter
  case leftCare
  case careLeaver
  case unborn

  /// How many children in a hundred have such a case.
  var share: Int {
    switch self {
    case .contactOnly: 24
    case .assessedAndClosed: 24
    case .inNeed: 16
    case .noLongerInNeed: 8
    case .protected: 8
    case .steppedDown: 4
    case .lookedAfter: 10
    case .leftCare: 2
    case .careLeaver: 3
    case .unborn: 1
    }
  }

  /// The service that works on such a case.
  var service: Service {
    switch self {
    case .contactOnly, .assessedAndClosed, .unborn: .frontDoor
    case .inNeed, .noLongerInNeed, .protected, .steppedDown: .family
    case .lookedAfter, .leftCare: .care
    case .careLeaver: .leaving
    }
  }
}

/// The services of a council's children's department.
enum Service: Int, CaseIterable {
  case frontDoor
  case family
  case care
  case leaving

  var title: String {
    switch self {
    case .frontDoor: "Front Door"
    case .family: "Safeguarding and Family Support"
    case .care: "Looked-after Children"
    case .leaving: "Care Leavers"
    }
  }

  var teams: [String] {
    switch self {
    case .frontDoor:
      ["Multi-Agency Safeguarding Hub", "Assessment Team North", "Assessment Team South"]
    case .family:
      [
        "Family Support North", "Family Support South", "Family Support Coast",
        "Tîm Teulu Gorllewin",
      ]
    case .care: ["Looked-after Children North", "Looked-after Children South", "Permanence Team"]
    case .leaving: ["Leaving Care Team"]
    }
  }

  /// How many children in a hundred it works with.
  var share: Int { Course.allCases.filter { $0.service == self }.reduce(0) { $0 + $1.share } }
}
