"""Reads the pages of a run as a program would: tiles, tables by their headings, and links."""

import re
from pathlib import Path

import lxml.html


def words(node):
    return " ".join("".join(node.itertext()).split())


def number(text):
    """The number that a page writes with commas between its thousands."""
    return int(text.replace(",", ""))


class Page:
    def __init__(self, path):
        self.path = Path(path)
        self.root = lxml.html.fromstring(self.path.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))

    def select(self, xpath, node=None):
        return (self.root if node is None else node).xpath(xpath)

    def text(self):
        return words(self.root.body)

    def tiles(self):
        found = {}
        for tile in self.select("//dl[@class='tiles']/div"):
            label, count, note = [words(part) for part in tile]
            found[label] = (count, note)
        return found

    def table(self, xpath):
        """The rows of the first table found, each by the words of the headings; None where there is no table."""
        tables = self.select(xpath)
        return list(rows_of(tables[0])) if tables else None

    def links(self):
        """Each link as (the file it leads to, its anchor, its words)."""
        for link in self.select("//a[@href]"):
            place, _, anchor = link.get("href").partition("#")
            yield (self.path.parent / place).resolve() if place else self.path.resolve(), anchor, words(link)

    def ids(self):
        return self.select("//@id")


def cells_of(row):
    return [cell for cell in row if cell.tag in ("td", "th")]


def heads_of(table):
    return [words(cell) for cell in cells_of(table.xpath("./thead/tr")[0])]


def rows_of(table):
    heads = heads_of(table)
    for row in table.xpath("./tbody/tr | ./tr"):
        yield dict(zip(heads, cells_of(row)))


def pages_of(first):
    """The pages of a list in order, and those beside them whose number leaves a gap."""
    stem = first.name.removesuffix(".html")
    found = [first]
    while (after := first.with_name(f"{stem}.{len(found) + 1}.html")).exists():
        found.append(after)
    others = {path for path in first.parent.glob(f"{stem}.*.html") if re.fullmatch(r"\d+", path.name[len(stem) + 1:-5])}
    return found, others - set(found)
