import Extracts
import Values

/// Identifies the fields that hold a person's name.
///
/// No list quotes such a field unless its definition says `shown`. The names of workers and teams
/// are not among them: lists exist to show those.
enum PersonalNames {
  /// Complete names of such fields, in lower-case letters and digits only, as headings are matched.
  private static let wholes: Set<String> = [
    "forename", "forenames", "firstname", "firstnames", "givenname", "givennames", "middlename",
    "middlenames", "surname", "surnames", "lastname", "lastnames", "familyname", "familynames",
    "fullname", "childname", "childsname", "nameofchild", "personname", "clientname",
    "preferredname", "knownas", "alias", "aliases", "mothersname", "fathersname", "parentname",
    "carername", "maidenname", "previousname", "aka", "alsoknownas", "ypname", "ypsname", "cypname",
  ]
  private static let names: Set<String> = ["name", "names"]
  /// Words for kinds of name that only a person has.
  private static let forenames: Set<String> = ["forename", "forenames", "surname", "surnames"]
  /// Words that accompany `name` when it is a person's.
  private static let persons: Set<String> = [
    "first", "last", "middle", "given", "family", "full", "legal", "preferred", "known", "maiden",
    "previous", "former", "birth", "child", "children", "childs", "young", "person", "persons",
    "client", "clients", "user", "users", "subject", "mother", "mothers", "father", "fathers",
    "parent", "parents", "carer", "carers", "guardian", "sibling", "siblings", "pupil", "student",
    "patient", "resident", "adopter", "adopters", "yp", "yps", "cyp", "aka", "mum", "mums", "dad",
    "dads",
  ]
  /// Words that accompany `name` when it belongs to somebody at work, or to no person.
  private static let others: Set<String> = [
    "worker", "workers", "staff", "officer", "manager", "auditor", "adviser", "advisor",
    "professional", "practitioner", "supervisor", "chair", "reviewer", "team", "department",
    "service", "provider", "agency", "organisation", "school", "setting", "placement", "home",
    "unit", "file", "plan", "group", "list", "event", "area", "street",
  ]

  /// Whether a field is named like a person's name, or an export has it under such a heading.
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
      // `Name` alone may be the name of any person or thing.
      return !words.isDisjoint(with: names) && !words.isDisjoint(with: persons)
    }
  }
}
