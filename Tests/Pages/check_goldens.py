#!/usr/bin/env python3
"""Compares what a reader sees of the samples' pages, on a phone and on a desktop, with golden files.

    check_goldens.py OUT [--screenshots DIR]
    check_goldens.py OUT --selftest          # breaks a page on purpose: each fault must be noticed
    RECORD_GOLDENS=1 check_goldens.py OUT    # writes the golden files anew, and fails: read the diff before you commit it

OUT is the run of Samples/paris as of 2016-01-31 after one as of 2016-01-24, with the packs data-quality and statutory. The text is what
Chromium lays out, with the labels that the style sheet adds. Facts of the layout that no text shows are checked as well, and a screenshot
must not be blank.
"""

import argparse
import base64
import os
import re
import struct
import sys
import tempfile
import zlib
from pathlib import Path

from check_pages import Browser

GOLDENS = Path(__file__).resolve().parent / "Goldens"
PAGES = {
    "dashboard": "index.html", "drift": "teams/looked-after-children-40d5317c/drift.html", "rule": "rules/assessment-45-days.html"}
WIDTHS = {"phone": 390, "desktop": 1280}

# The text of a page with what `innerText` leaves out: the labels that the style sheet puts before and after elements.
TEXT = """
const added = (element, where) => {
  const content = getComputedStyle(element, where).content
  const found = content.match(/^"(.*)"$/)
  return found ? found[1] : ''
}
const labels = [...document.body.querySelectorAll('*')]
  .filter(element => element.getClientRects().length && !element.closest('svg'))
  .map(element => [element, added(element, '::before'), added(element, '::after')])
const style = document.createElement('style')
style.textContent = '*::before, *::after { content: none !important }'
document.head.append(style)
for (const [element, before, after] of labels) {
  if (before) element.prepend(before)
  if (after) element.append(after)
}
return document.body.innerText
"""

# Texts that are cut off or extend over the edge, and how tables are laid out.
LAYOUT = """
const width = document.documentElement.clientWidth
const shown = element => element.getClientRects().length > 0 && !element.closest('.unseen, .skip, svg')
const name = element => `${element.tagName.toLowerCase()}.${element.className} ${element.textContent.trim().slice(0, 40)}`
const over = [], cut = [], stacked = [], heads = []
for (const element of document.body.querySelectorAll('*')) {
  if (!shown(element)) continue
  const box = element.getBoundingClientRect()
  // What is wider than the page scrolls within a region that the keyboard reaches.
  if (!element.closest('.scroll') && (box.right > width + 1 || box.left < -1)) over.push(name(element))
  const style = getComputedStyle(element)
  if (style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1 && !element.matches('.scroll')) cut.push(name(element))
  if (style.overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 1) cut.push(name(element))
}
const tables = [...document.querySelectorAll('table.cards')].filter(shown)
for (const table of tables) {
  const row = table.tBodies[0].rows[0]
  const cells = [...row.cells].filter(shown).map(cell => cell.getBoundingClientRect())
  // In cards each cell begins below the one before it, within the width of the page; in tables beside it.
  stacked.push(cells.every((cell, i) => !i || cell.top >= cells[i - 1].bottom - 1) && cells.every(cell => cell.right <= width + 1))
  heads.push(getComputedStyle(table.tHead).display)
}
const regions = [...document.querySelectorAll('.scroll')].filter(shown)
return {
  sideways: document.documentElement.scrollWidth - width, over, cut, stacked, heads, tables: tables.length,
  unreachable: regions.filter(region => region.scrollWidth > region.clientWidth + 1 && region.tabIndex !== 0).map(name),
  scrolling: tables.filter(table => table.closest('.scroll').scrollWidth > table.closest('.scroll').clientWidth + 1).length,
  small: [...document.querySelectorAll('a, button, input, summary')].filter(shown)
    .filter(target => parseFloat(getComputedStyle(target).fontSize) < 11).map(name),
}
"""


def kinds_of_lines(png):
    """How many different scan lines a PNG of 8 bits a channel has, as a measure of how much it shows, and its size."""
    at, data, size, channels = 8, b"", None, 3
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        if kind == b"IHDR":
            width, height, _, colour = struct.unpack(">IIBB", png[at + 8:at + 18])
            size, channels = (width, height), 4 if colour == 6 else 3
        if kind == b"IDAT":
            data += png[at + 8:at + 8 + length]
        at += length + 12
    raw = zlib.decompress(data)
    stride = size[0] * channels + 1
    # The lines are compared in their filtered form: that is enough to tell a page from a blank one.
    return len({raw[line * stride:(line + 1) * stride] for line in range(size[1])}), size


def layout(browser, width):
    found = browser.run(LAYOUT)
    wrong = []
    for key, what in (("over", "stands over the edge"), ("cut", "is cut off"), ("unreachable", "scrolls, and no key reaches it"), ("small", "is too small to read")):
        wrong += [f"{what}: {element}" for element in found[key][:3]]
    if found["sideways"] > 0:
        wrong.append(f"the page scrolls sideways by {found['sideways']} px")
    if not found["tables"]:
        wrong.append("it has no table")
    if width <= 768:
        if not all(found["stacked"]):
            wrong.append(f"{found['stacked'].count(False)} tables are not stacked")
        if found["scrolling"]:
            wrong.append(f"{found['scrolling']} stacked tables scroll")
        if set(found["heads"]) - {"block"}:
            wrong.append(f"the heads by which stacked tables sort stand as {set(found['heads'])}")
    else:
        if any(found["stacked"]):
            wrong.append(f"{found['stacked'].count(True)} tables are stacked where there is room")
        if set(found["heads"]) != {"table-header-group"}:
            wrong.append(f"the heads of tables stand as {set(found['heads'])}")
    return wrong


def golden(name, text):
    path = GOLDENS / f"{name}.txt"
    if os.environ.get("RECORD_GOLDENS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return [f"recorded {path.name}; read the diff before you commit it"]
    if not path.exists():
        return [f"there is no golden {path.name}; record it with RECORD_GOLDENS=1"]
    wanted, found = path.read_text(encoding="utf-8").split("\n"), text.split("\n")
    for number, (old, new) in enumerate(zip(wanted, found), 1):
        if old != new:
            return [f"differs from {path.name} in line {number}: {new!r} | golden: {old!r}"]
    if len(wanted) != len(found):
        return [f"has {len(found)} lines, {path.name} {len(wanted)}"]
    return []


def text_of(browser):
    # The version in the footer of each page is masked, since the goldens do not depend on it; blanks are normalised.
    text = re.sub(r"casecheck \d+\.\d+\.\d+\S*(?=\.|$)", "casecheck VERSION", browser.run(TEXT), flags=re.M)
    lines = (re.sub(r"[ \u00a0]+", " ", line).strip(" ") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


BREAKS = [
    ("a word changed", "differs", "desktop", "In figures", "In numbers"),
    ("a label of the phone's cards changed", "differs", "phone", 'content:"Child: "', 'content:"Person: "'),
    ("cards that stay a table", "not stacked", "phone", "@media screen and (max-width:48em){", "@media screen and (max-width:1em){"),
    ("a table that is cards on a desk", "stacked where", "desktop", "max-width:48em", "max-width:480em"),
    ("a text cut off", "is cut off", "phone", "</head>", "<style>h1{width:3em;overflow:hidden;white-space:nowrap}</style></head>"),
    ("a table wider than the page", "over the edge", "phone", "</head>", "<style>.tiles{width:60rem}</style></head>"),
    ("a region without the keyboard", "no key reaches", "desktop", 'tabindex="0">', 'style="width:9rem">'),
    ("an empty page", "screenshot", "desktop", "<body>", '<body style="opacity:0">'),
]


def check(browser, path, name, width, screenshots=None):
    browser.colours("light")
    browser.width(width)
    browser.open(path)
    faults = layout(browser, width)
    png = base64.b64decode(browser.devtools("Page.captureScreenshot", format="png")["data"])
    kinds, size = kinds_of_lines(png)
    if size[0] != width or kinds < 40:
        faults.append(f"its screenshot is {size[0]} px wide, with {kinds} kinds of lines")
    if screenshots:
        screenshots.mkdir(parents=True, exist_ok=True)
        (screenshots / f"{name}.png").write_bytes(png)
    return faults + golden(name, text_of(browser))


def selftest(browser, out):
    source = (out / PAGES["drift"]).read_text(encoding="utf-8")
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "drift.html"
        for what, word, device, old, new in BREAKS:
            page.write_text(source.replace(old, new), encoding="utf-8")
            faults = check(browser, page, f"drift-{device}", WIDTHS[device])
            if old not in source or not any(word in fault for fault in faults):
                missed += 1
                print(f"NOT NOTICED: {what}: {faults}")
    print(f"{len(BREAKS)} pages broken, {missed} not noticed")
    return missed == 0


def check_all(browser, out, screenshots):
    checked = wrong = 0
    for page, path in PAGES.items():
        for device, width in WIDTHS.items():
            name = f"{page}-{device}"
            faults = check(browser, out / path, name, width, screenshots)
            checked += 1
            wrong += bool(faults)
            for fault in faults:
                print(f"WRONG: {name}: {fault}")
    print(f"{checked} pages held against their goldens, {wrong} wrong")
    return wrong == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--screenshots", type=Path, help="where to leave the screenshots")
    parser.add_argument("--selftest", action="store_true", help="break a copy of a page, and expect each fault to be noticed")
    arguments = parser.parse_args()
    browser = Browser()
    try:
        well = selftest(browser, arguments.out) if arguments.selftest else check_all(browser, arguments.out, arguments.screenshots)
    finally:
        browser.driver.quit()
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
