#!/usr/bin/env python3
"""Opens the pages of a finished run in Chromium, and checks that everybody can read and use them.

    apt-get install chromium chromium-driver poppler-utils
    pip install -r Tests/Pages/requirements.txt
    check_pages.py OUT              # index.html, and the longest and the shortest pages of teams and rules
    check_pages.py OUT --selftest   # breaks a copy of a page on purpose: each fault must be noticed
    check_pages.py OUT --within 2   # on an idle machine: a page that takes longer to open, in seconds, is wrong as well

Prints `N pages checked, M wrong` at the end, and exits 1 if any is wrong.
"""

import argparse
import base64
import csv
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

MOST_BYTES = 2_000_000
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
SECTIONS = {"overdue", "failed", "due-soon", "late", "not-judged", "waived", "resolved"}

# The units that sort and filter as one: a row or, in a table of several bodies, the first row of each.
UNITS = """
const units = table => table.classList.contains('measures')
  ? [...table.tBodies].map(body => body.rows[0]) : [...table.tBodies[0].rows];
const seen = row => row.getClientRects().length > 0;
"""


def axe_script():
    package = importlib.util.find_spec("axe_playwright_python")
    return (Path(package.origin).parent / "axe.min.js").read_text(encoding="utf-8")


class Browser:
    def __init__(self):
        options = webdriver.ChromeOptions()
        options.binary_location = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        for argument in ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1400,1000"]:
            options.add_argument(argument)
        if os.geteuid() == 0:
            options.add_argument("--no-sandbox")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        service = webdriver.ChromeService(os.environ.get("CHROMEDRIVER", "/usr/bin/chromedriver"))
        self.driver = webdriver.Chrome(options=options, service=service)
        self.driver.set_script_timeout(300)
        self.axe = axe_script()

    def run(self, script, *arguments):
        return self.driver.execute_script(UNITS + script, *arguments)

    def devtools(self, command, **arguments):
        return self.driver.execute_cdp_cmd(command, arguments)

    def width(self, pixels):
        self.devtools("Emulation.setDeviceMetricsOverride", width=pixels, height=800, deviceScaleFactor=1, mobile=False)

    def colours(self, scheme):
        self.devtools("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}])

    def media(self, kind):
        self.devtools("Emulation.setEmulatedMedia", media=kind)

    def scripts(self, on):
        self.devtools("Emulation.setScriptExecutionDisabled", value=not on)

    def open(self, path):
        started = time.monotonic()
        self.driver.get(path.resolve().as_uri())
        return time.monotonic() - started


def check(browser, path):
    """The page's size, load time, number of rows, and what is wrong with it."""
    wrong = []
    browser.driver.get_log("browser")
    browser.scripts(True)
    browser.colours("light")
    browser.width(1280)
    seconds = browser.open(path)
    rows = browser.run("return [...document.querySelectorAll('table.filter')].flatMap(units).length")

    if browser.run("return performance.getEntriesByType('resource').filter(r => !r.name.startsWith('data:')).length"):
        wrong.append("it loads something from outside itself")
    if not browser.run("return !!document.querySelector('meta[http-equiv=Content-Security-Policy]')"):
        wrong.append("it has no content security policy")
    for step in (accessible, narrow_enough, sorts, filters, prints, without_scripts):
        wrong += step(browser, path)
    for entry in browser.driver.get_log("browser"):
        if entry["level"] in ("SEVERE", "WARNING"):
            wrong.append(f"console: {entry['message'][:200]}")
    return path.stat().st_size, seconds, rows, wrong


def accessible(browser, path):
    wrong = []
    # All rows of a list are alike, and so are the tables of teams below each measure: the first ones stand for all, which
    # saves minutes.
    browser.run(
        """[...document.querySelectorAll('details')].slice(0, 12).forEach(d => { d.open = true });
           for (const table of document.querySelectorAll('table'))
             [...table.querySelectorAll(':scope > tbody > tr')].slice(100).forEach(row => row.remove())""")
    browser.run(browser.axe)
    for width, scheme in [(1280, "light"), (1280, "dark"), (320, "light")]:
        browser.width(width)
        browser.colours(scheme)
        found = browser.driver.execute_async_script(
            """
            const done = arguments[arguments.length - 1]
            axe.run(document, {
              runOnly: {type: 'tag', values: arguments[0]}, rules: {'target-size': {enabled: true}},
              resultTypes: ['violations'],
            }).then(
              result => done(result.violations.map(v => [v.id, v.help, v.nodes.length, v.nodes[0].html])),
              error => done([['axe', String(error), 1, '']]))
            """,
            WCAG,
        )
        for name, help_, count, example in found:
            wrong.append(f"axe at {width} px, {scheme}: {name} ({help_}), {count} times, first {example[:120]!r}")
    browser.width(1280)
    browser.colours("light")
    browser.open(path)
    return wrong


def narrow_enough(browser, path):
    wrong = []
    for width in (1280, 320):
        browser.width(width)
        over = browser.run(
            "const root = document.documentElement; return root.scrollWidth - root.clientWidth")
        if over > 0:
            wrong.append(f"at {width} px it scrolls sideways by {over} px")
    browser.width(1280)
    return wrong


COLUMN = """
const [table, column] = arguments;
const head = table.tHead.rows[0].cells[column];
return [head.ariaSort, head.classList.contains('n'), units(table).map(row => {
  const cell = row.cells[column]; return [cell.dataset.v || cell.textContent.trim(), row.textContent]})]
"""


def in_order(browser, values, numbers, descending):
    """Whether the values are in order, with unknown ones at the end."""
    if numbers:
        found = [re.match(r"[+-]?[\d,]+(\.\d+)?", v.replace("\u2212", "-")) for v in values]
        keys = [float(m[0].replace(",", "")) if m else None for m in found]
    else:
        keys = [v or None for v in values]
    known = [k for k in keys if k is not None]
    if keys[: len(known)] != known:
        return False
    if descending:
        known.reverse()
    if numbers:
        return known == sorted(known)
    return browser.run(
        """return arguments[0].every((v, i, all) => !i ||
             all[i - 1].localeCompare(v, 'en-GB', {numeric: true}) <= 0)""",
        known,
    )


def sorts(browser, path):
    wrong = []
    tables = browser.driver.find_elements(By.CSS_SELECTOR, "table.sort")
    for table in [table for table in tables if table.is_displayed()][:4]:
        heads = browser.run("return [...arguments[0].tHead.rows[0].cells]", table)
        columns = [i for i, head in enumerate(heads) if head.get_attribute("data-sort") != "no"]
        name = table.find_element(By.TAG_NAME, "caption").get_attribute("textContent")
        for column in columns:
            buttons = heads[column].find_elements(By.TAG_NAME, "button")
            if not buttons:
                wrong.append(f"table {name!r}: no button sorts column {column + 1}")
                continue
            before = sorted(row for _, row in browser.run(COLUMN, table, column)[2])
            # First by mouse, then by keyboard.
            for direction, press in [
                ("ascending", buttons[0].click),
                ("descending", lambda: buttons[0].send_keys(Keys.ENTER)),
                ("ascending", lambda: buttons[0].send_keys(Keys.SPACE)),
            ]:
                press()
                aria, numbers, cells = browser.run(COLUMN, table, column)
                if aria != direction:
                    wrong.append(f"table {name!r}, column {column + 1}: aria-sort is {aria}, not {direction}")
                if not in_order(browser, [value for value, _ in cells], numbers, direction == "descending"):
                    wrong.append(f"table {name!r}, column {column + 1}: not in {direction} order")
                if sorted(row for _, row in cells) != before:
                    wrong.append(f"table {name!r}, column {column + 1}: sorting lost or changed rows")
    return wrong


# The lists that a form searches: those after it, up to the next form.
LISTS = """
const listsOf = number => {
  let place = -1;
  return [...document.querySelectorAll('.tools, table.filter')].filter(part => {
    if (part.matches('.tools')) { place++; return false }
    return place === number;
  });
};
"""


def filters(browser, path):
    wrong = []
    teams = browser.run("const table = document.querySelector('table.teams'); return table ? units(table).length : 0")
    if teams > 30 and not browser.run(LISTS + "return listsOf(0)[0]?.matches('.teams')"):
        wrong.append(f"no box searches the table of {teams} teams")
    for number in range(len(browser.driver.find_elements(By.CSS_SELECTOR, ".tools"))):
        wrong += filters_own(browser, number)
    return wrong


def filters_own(browser, number):
    """What is wrong with a form: it must search its own lists and no other, and say so."""
    texts = browser.run(LISTS + "return listsOf(arguments[0]).flatMap(units).map(r => r.textContent)", number)
    if not texts:
        return []
    wrong = []
    form = browser.driver.find_elements(By.CSS_SELECTOR, ".tools")[number]
    box, *ticks = form.find_elements(By.CSS_SELECTOR, "input")
    if not box.is_displayed():
        return ["the filter is not to be seen"]
    voice = form.find_element(By.XPATH, "following::*[@role='status'][1]")
    shown = LISTS + """const own = listsOf(arguments[0]);
        const others = [...document.querySelectorAll('table.filter')].filter(list => !own.includes(list));
        return [own, others].map(lists => lists.flatMap(units).filter(seen).length)"""
    elsewhere = browser.run(shown, number)[1]

    def expect(what, count):
        here, others = browser.run(shown, number)
        if here != count:
            wrong.append(f"filter, {what}: {here} rows are shown, not {count}")
        if others != elsewhere:
            wrong.append(f"filter, {what}: of other lists {others} rows are shown, not {elsewhere}")
        said = f"All {len(texts)} " if count == len(texts) and what == "emptied" else f"{count} of {len(texts)} "
        announced = ""
        for _ in range(20):
            announced = voice.text
            if announced.startswith(said):
                return
            time.sleep(0.1)
        wrong.append(f"filter, {what}: it announces {announced!r}, not {said!r}")

    word = next((w for text in reversed(texts) for w in re.findall(r"[A-Za-z]{5,}|\d{5,}", text)), None)
    if word:
        box.send_keys(word.upper())
        expect(f"with {word}", sum(word.lower() in text.lower() for text in texts))
        box.clear()
    box.send_keys("no row holds this")
    expect("with a word of no row", 0)
    box.send_keys(Keys.CONTROL, "a")
    box.send_keys(Keys.DELETE)
    expect("emptied", len(texts))
    for only in ticks:
        matching = browser.run(
            LISTS + "return listsOf(arguments[0]).flatMap(units).filter(row => row.querySelector(arguments[1])).length",
            number, only.get_attribute("value"))
        only.send_keys(Keys.SPACE)
        expect("ticked", matching)
        only.click()
        expect("emptied", len(texts))
    return wrong


def prints(browser, path):
    """Checks that on A4 each row is there once, under headings, on numbered sheets, and nothing extends over the edge."""
    wanted, heads, elsewhere, as_of = browser.run(
        """const lists = [...document.querySelectorAll('table.filter')]
           const marks = row => [row.querySelector('th').innerText, row.querySelector('small')?.firstChild.textContent ?? '']
           return [lists.flatMap(units).flatMap(marks),
             lists.map(list => [...list.tHead.rows[0].cells].map(head => head.textContent.trim())),
             [...document.querySelectorAll('main > :not(.scroll), main > .scroll:not(:has(table.filter))')]
               .map(part => part.textContent).join('\\n'), document.querySelector('time')?.textContent]""")
    browser.media("print")
    there = squeeze(browser.run("return [...document.querySelectorAll('table.filter')].map(list => list.innerText).join(' ')"))
    browser.media("")
    made = browser.devtools("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as pdf:
        pdf.write(base64.b64decode(made["data"]))
        pdf.flush()
        text = subprocess.run(["pdftotext", "-raw", pdf.name, "-"], capture_output=True, check=True).stdout.decode()
        boxes = subprocess.run(["pdftotext", "-bbox", pdf.name, "-"], capture_output=True, check=True).stdout.decode()
    wrong = on_paper(boxes)
    sheets = [squeeze(sheet) for sheet in text.removesuffix("\f").split("\f")]
    for number, sheet in enumerate(sheets, 1):
        if f"Page{number}of{len(sheets)}" not in sheet or squeeze(f"Position on {as_of}") not in sheet:
            wrong.append(f"on paper sheet {number} of {len(sheets)} has no number or no date")
            break
    # Text that is written from right to left, and emoji, do not come out of a PDF as they went in.
    wanted = [squeeze(w) for w in wanted if re.fullmatch(r"[ -~]+", w)]
    whole, elsewhere = "".join(sheets), squeeze(elsewhere)
    lost = [w for w in wanted if w not in whole]
    if lost:
        wrong.append(f"on paper {len(lost)} of {len(wanted)} rows are missing, first {lost[0]!r}")
    telling = list({w for w in wanted if len(w) > 4 and w not in elsewhere})
    # As often as in the lists, not just once: a short text may be part of another.
    times = [(w, whole.count(w), there.count(w)) for w in telling[:400]]
    uneven = [row for row in times if row[1] != row[2]]
    if uneven and not lost:
        wrong.append(f"on paper {len(uneven)} rows stand more or less often than once, first {uneven[0]}")
    heads = {squeeze("".join(head)) for head in heads}
    bare = [
        number for number, sheet in enumerate(sheets, 1)
        if any(w in sheet for w in telling) and not any(head in sheet for head in heads)]
    if bare:
        wrong.append(f"on paper the rows of page {bare[0]} stand under no headings")
    return wrong


def on_paper(boxes):
    """What is wrong with the sheets: each must be A4, with all words inside the margin that printers cannot reach."""
    wrong = []
    for number, sheet in enumerate(boxes.split("<page ")[1:], 1):
        width, height = (float(v) for v in re.match(r'width="([\d.]+)" height="([\d.]+)"', sheet).groups())
        if (round(width), round(height)) not in {(595, 842), (596, 842), (595, 841)}:
            wrong.append(f"on paper sheet {number} is {width} by {height} points, not A4")
        for left, top, right, bottom in re.findall(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"', sheet):
            if float(left) < 14 or float(right) > width - 14 or float(top) < 14 or float(bottom) > height - 14:
                wrong.append(f"on paper a word of sheet {number} stands over the edge")
                break
    return wrong[:3]


def squeeze(text):
    return re.sub(r"\s", "", text)


def without_scripts(browser, path):
    wrong = []
    browser.scripts(False)
    browser.open(path)
    source = path.read_text(encoding="utf-8")
    # Rows in a closed `details` do not count as unseen: it opens without a script.
    written, unseen = browser.run(
        """const rows = [...document.querySelectorAll('tr')];
           return [rows.length, rows.filter(r => r.closest('tbody') && !r.closest('details:not([open])') && !seen(r)).length]""")
    if written != len(re.findall(r"<tr\b", source)):
        wrong.append(f"without scripts: {written} rows in the page, {len(re.findall('<tr', source))} in the file")
    if unseen:
        wrong.append(f"without scripts: {unseen} rows are not to be seen")
    dead = [e for e in browser.driver.find_elements(By.CSS_SELECTOR, "button, input") if e.is_displayed()]
    if dead:
        wrong.append(f"without scripts: {len(dead)} controls that do nothing are shown")
    browser.scripts(True)

    listed = path.parent / "drift.csv"
    # Where the list goes on in further pages, check_figures.py counts the cases of all of them.
    if path.name == "drift.html" and listed.exists() and not path.with_name("drift.2.html").exists():
        with listed.open(encoding="utf-8", newline="") as file:
            count = sum(row["section"] in SECTIONS for row in csv.DictReader(file))
        rows = browser.run("return [...document.querySelectorAll('table.filter')].flatMap(units).length")
        if rows != count:
            wrong.append(f"it holds {rows} cases, drift.csv {count}")
    return wrong


def pages(out):
    """The dashboard and the other pages; where there are many, only the longest and the shortest."""
    found = [out / "index.html"]
    for place, most in (("teams/*/drift.html", 12), ("rules/*.html", 6)):
        firsts = [page for page in out.glob(place) if not re.search(r"\.\d+\.html$", page.name)]
        firsts.sort(key=lambda page: (len(parts(page)), page.stat().st_size, page))
        if len(firsts) > most:
            firsts = firsts[:most // 2] + firsts[-most // 2:]
        split = [page for page in firsts if len(parts(page)) > 1]
        found += sorted(set(firsts) - set(split))
        # Of the lists that go on in further pages, only the longest: its first page, one in the middle, and the last.
        for page in split[-1:]:
            all_ = parts(page)
            found += sorted({all_[0], all_[len(all_) // 2], all_[-1]})
    return found


def parts(first):
    found = [first]
    while (after := first.with_name(f"{first.stem}.{len(found) + 1}.html")).exists():
        found.append(after)
    return found


def check_all(browser, out, within):
    checked = failed = 0
    for page in pages(out):
        checked += 1
        name = page.relative_to(out)
        if not page.exists():
            wrong = ["it is missing"]
            print(name)
        else:
            size, seconds, rows, wrong = check(browser, page)
            if size >= MOST_BYTES:
                wrong.append(f"it is larger than {MOST_BYTES:,} bytes")
            # Without it the time is only told: on a busy machine it says more of the neighbours than of the page.
            if within is not None and seconds >= within:
                wrong.append(f"it took longer than {within} s to open")
            print(f"{name}: {size:,} bytes, opened in {seconds:.2f} s, {rows} rows", flush=True)
        for fault in wrong:
            print(f"  WRONG: {fault}", flush=True)
        failed += bool(wrong)
    print(f"{checked} pages checked, {failed} wrong")
    return failed == 0


BREAKS = [
    ("an input without a label", "axe", "</main>", "<input type='text'></main>"),
    ("a text of low contrast", "color-contrast", "</main>", "<p style='color:#bbb;background:#fff'>faint</p></main>"),
    ("an error on the console", "console", "</main>", "<script>console.error('broken on purpose')</script></main>"),
    ("an image from outside", "console", "</main>", "<img alt='' src='https://example.org/x.png'></main>"),
    ("something too wide", "sideways", "</main>", "<div style='width:90rem'>wide</div></main>"),
    ("a sort that does nothing", "order", "known.sort(", "void ("),
    ("a filter that says nothing", "announces", "say(lists[0], words", "void (words"),
    ("rows that only a script shows", "not to be seen", "</head>", "<style>html:not(.sorts) tbody tr{display:none}</style></head>"),
    ("headings that are not repeated on paper", "under no headings", "</head>", "<style>@media print{thead{display:table-row-group!important}}</style></head>"),
    ("a row that is printed twice", "more or less often", "</main>", """</main><script>addEventListener('beforeprint', () => {
        const row = document.querySelector('table.filter tbody tr'); row.after(row.cloneNode(true)) })</script>"""),
    ("sheets without a number", "no number", "counter(page)", "''"),
    ("something that leaves the paper", "over the edge", "</head>", "<style>@page{margin:2mm!important}</style></head>"),
    ("sheets that are not A4", "not A4", "size:A4", "size:letter"),
    ("rows that are not printed", "on paper", "</head>", "<style>@media print{table.filter tr{display:none}}</style></head>"),
]


def selftest(browser, out):
    # Only with some rows can a sort be seen to fail, and only with a page full of them a heading that is not repeated.
    sources = [page.read_text(encoding="utf-8") for page in pages(out) if page.name == "drift.html" and page.exists()]
    sources = sorted((source for source in sources if source.count("<tr><td") > 20), key=len)
    if not sources:
        print("No drift.html with more than twenty cases to break.")
        return False
    source = sources[0]
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "drift.html"
        for what, word, old, new in [("nothing", "", "", "")] + BREAKS:
            page.write_text(source.replace(old, new, 1) if old else source, encoding="utf-8")
            wrong = check(browser, page)[3]
            right = any(word in fault for fault in wrong) if old else not wrong
            missed += not right
            print(f"{what}: {'as expected' if right else 'NOT NOTICED' if old else wrong}", flush=True)
    print(f"{len(BREAKS) + 1} pages broken or whole, {missed} not judged rightly")
    return missed == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, help="the folder of a finished run")
    parser.add_argument("--selftest", action="store_true", help="break a copy of a page, and expect each fault to be noticed")
    parser.add_argument("--within", type=float, metavar="SECONDS", help="a page that takes longer to open is wrong")
    arguments = parser.parse_args()
    browser = Browser()
    try:
        if arguments.selftest:
            well = selftest(browser, arguments.out)
        else:
            well = check_all(browser, arguments.out, arguments.within)
    finally:
        browser.driver.quit()
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
