import Diagnostics
import Testing

@Test(
  "what nobody sees is shown, and what a script needs is not",
  arguments: [
    ("\u{202E}elamef", "\\u{202E}elamef"), ("N1\u{200B}", "N1\\u{200B}"),
    ("a\u{2066}b\u{2069}", "a\\u{2066}b\\u{2069}"), ("\u{FEFF}x", "\\u{FEFF}x"),
    ("Ŵyn", "Ŵyn"), ("\u{645}\u{200C}\u{646}", "\u{645}\u{200C}\u{646}"), ("plain", "plain"),
  ])
func unseen(_ text: String, _ shown: String) { #expect(withUnseenShown(text) == shown) }

@Test(
  "blanks that make a name look like another are shown, and those between words are not",
  arguments: [
    ("Safeguarding East", "Safeguarding East"), ("East ", "East␣"), (" East", "␣East"),
    ("Far  East", "Far␣␣East"), ("Far\tEast", "Far⇥East"), ("Far\u{A0}East", "Far⍽East"),
    ("Far\u{2003}East", "Far\\u{2003}East"), ("Far\nEast", "Far\\u{A}East"), (" ", "␣"), ("", ""),
  ])
func blanks(_ name: String, _ shown: String) { #expect(withBlanksShown(name) == shown) }
