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
