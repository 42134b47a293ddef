import Extracts
import Values

/// Tells the fields that hold the name of a person, which no list quotes unless the definition says `shown`.
enum PersonalNames {
  /// What such fields are called, in small letters and digits alone, as headings are matched.
  private static let words: Set<String> = [
    "forename", "forenames", "firstname", "firstnames", "givenname", "givennames", "middlename",
    "middlenames", "surname", "lastname", "familyname", "fullname", "childname", "childsname",
    "nameofchild", "personname", "clientname", "preferredname", "knownas", "alias", "aliases",
    "mothersname", "fathersname", "parentname", "carername", "maidenname", "previousname",
  ]

  /// Whether a field is called like a name, or an export carries it under such a heading.
  static func isName(_ field: FieldDefinition) -> Bool {
    guard field.type == .string, field.codes == nil else { return false }
    return ([field.name] + field.headings).contains { heading in
      words.contains(normalHeading(heading))
    }
  }
}
