import Extracts
import Values

/// Tells the fields that hold the name of a person, which no list quotes unless the definition says
/// `shown`.
///
/// The names of workers and teams are what lists are for.
enum PersonalNames {
  /// What such fields are called, in small letters and digits alone, as headings are matched.
  private static let wholes: Set<String> = [
    "forename", "forenames", "firstname", "firstnames", "givenname", "givennames", "middlename",
    "middlenames", "surname", "surnames", "lastname", "lastnames", "familyname", "familynames",
    "fullname", "childname", "childsname", "nameofchild", "personname", "clientname",
    "preferredname", "knownas", "alias", "aliases", "mothersname", "fathersname", "parentname",
    "carername", "maidenname", "previousname",
  ]
  private static let names: Set<String> = ["name", "names"]
  /// What only persons have.
  private static let forenames: Set<String> = ["forename", "forenames", "surname", "surnames"]
  /// What stands beside `name` where it is that of a person.
  private static let persons: Set<String> = [
    "first", "last", "middle", "given", "family", "full", "legal", "preferred", "known", "maiden",
    "previous", "former", "birth", "child", "children", "childs", "young", "person", "persons",
    "client", "clients", "user", "users", "subject", "mother", "mothers", "father", "fathers",
    "parent", "parents", "carer", "carers", "guardian", "sibling", "siblings", "pupil", "student",
    "patient", "resident", "adopter", "adopters",
  ]
  /// What stands beside it where it is that of somebody at work, or of no person.
  private static let others: Set<String> = [
    "worker", "workers", "staff", "officer", "manager", "auditor", "adviser", "advisor",
    "professional", "practitioner", "supervisor", "chair", "reviewer", "team", "department",
    "service", "provider", "agency", "organisation", "school", "setting", "placement", "home",
    "unit", "file", "plan", "group", "list", "event", "area", "street",
  ]

  /// Whether a field is called like a name, or an export carries it under such a heading.
  static func isName(_ field: FieldDefinition) -> Bool {
    guard field.type == .string, field.codes == nil else { return false }
    let headings = [field.name] + field.headings
    if headings.contains(where: { wholes.contains(normalHeading($0)) }) { return true }
    return headings.contains { heading in
      let words = Set(
        heading.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" }
          .map { word in String(word.prefix { $0 != "'" && $0 != "’" }) })
      if !words.isDisjoint(with: others), !words.contains("user") { return false }
      if !words.isDisjoint(with: forenames) { return true }
      // `Name` by itself is anybody's or anything's.
      return !words.isDisjoint(with: names) && !words.isDisjoint(with: persons)
    }
  }
}
