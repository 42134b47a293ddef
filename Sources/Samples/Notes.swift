/// Free text such as workers write, made of sentences about nobody in particular.
enum Notes {
  private static let plain: [[UInt8]] = [
    "Home visit completed as planned and everyone living in the house was present.",
    "Spoke about school and what is going well there at the moment.",
    "Mother reports that bedtimes are calmer since the new routine was agreed.",
    "The house was warm and there was food in the fridge and in the cupboards.",
    "Father said he will ring the health visitor about the missed appointment.",
    "Drew a picture of the three houses and talked about worries and about good things.",
    "The carer has no concerns and asked for the date of the next review.",
    "Attendance has gone up to nine days in ten since the meeting with the school.",
    "Agreed to bring the plan to the next core group and to update the chronology.",
    "Played a board game and talked about the football tournament on Saturday.",
    "Grandparents continue to help with collecting from school twice a week.",
    "Saw the bedroom which was tidy and has a new bed.",
    "Contact with the family went well and the next one is booked.",
    "Discussed the letter from housing and what needs to be sent back this week.",
    "No new injuries were seen and the child moved about freely.",
    "Explained why I come and how often and what is written down afterwards.",
  ].map { Array($0.utf8) }

  /// Sentences with what trips up readers of CSV: commas, quotes (already doubled) and line breaks.
  private static let awkward: [[UInt8]] = [
    "Said \"\"I like it here\"\", then went out to play.",
    "Present: mother, maternal aunt, health visitor.\nApologies: school.",
    "Siân's views, in her own words: \"\"I want to see Nain more.\"\"",
    "Actions agreed:\n- ring the school, and the club;\n- book the review;\n- update the plan.",
    "Renée, who speaks French at home, was seen with an interpreter; Zoë's teacher joined.",
  ].map { Array($0.utf8) }

  /// Writes the text generated from a number: one to four plain sentences.
  ///
  /// About one text in fifteen starts with an awkward sentence and is quoted.
  static func write(_ number: UInt64, to bytes: inout [UInt8]) {
    var left = number
    func take(_ bound: Int) -> Int {
      let taken = Int(left % UInt64(bound))
      left /= UInt64(bound)
      return taken
    }
    let isAwkward = take(15) == 0
    if isAwkward {
      bytes.append(UInt8(ascii: "\""))
      bytes.append(contentsOf: awkward[take(awkward.count)])
      bytes.append(UInt8(ascii: " "))
    }
    let sentences = 1 + take(4)
    for sentence in 0..<sentences {
      if sentence > 0 { bytes.append(UInt8(ascii: " ")) }
      bytes.append(contentsOf: plain[take(plain.count)])
    }
    if isAwkward { bytes.append(UInt8(ascii: "\"")) }
  }
}
