#!/usr/bin/env python3
"""Messy exports, each with the reconciliation that must come of it; and what `inspect` says and drafts of each.

usage: check_messy.py PROGRAM [long]
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import bytes_and_lines  # noqa: E402
import excel  # noqa: E402
import inspections  # noqa: E402
import shapes  # noqa: E402
from messy import Messy  # noqa: E402
from blackbox import Facts  # noqa: E402


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    is_long = len(sys.argv) == 3
    facts = Facts()
    messy = Messy(str(pathlib.Path(sys.argv[1]).absolute()), facts)
    try:
        shapes.titles_and_footers(messy)
        shapes.headings(messy)
        shapes.several_files(messy)
        shapes.unquoted_commas(messy)
        shapes.cut_off(messy)
        excel.dates(messy)
        excel.identifiers(messy)
        excel.full_sheets(messy, is_long)
        bytes_and_lines.encodings(messy)
        bytes_and_lines.line_ends(messy)
        bytes_and_lines.quotes(messy)
        bytes_and_lines.swallowed(messy, [1 << 20])
        bytes_and_lines.sizes(messy, is_long)
        inspections.shows(messy)
        inspections.every_file(messy)
    finally:
        messy.close()
    print(f"{messy.count} folders of messy exports were validated")
    facts.finish()


main()
