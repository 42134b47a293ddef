#!/usr/bin/env python3
"""Messy exports, each with the reconciliation that it must give, and what `inspect` says and drafts for each.

usage: check_messy.py PROGRAM [long]
"""

import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import bytes_and_lines  # noqa: E402
import excel  # noqa: E402
import inspections  # noqa: E402
import over_time  # noqa: E402
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
        for check in [
            shapes.titles_and_footers, shapes.headings, shapes.several_files, shapes.unquoted_commas, shapes.cut_off,
            excel.dates, excel.identifiers, lambda messy: excel.full_sheets(messy, is_long),
            bytes_and_lines.encodings, bytes_and_lines.line_ends, bytes_and_lines.quotes,
            lambda messy: bytes_and_lines.swallowed(messy, [1 << 20], is_long),
            lambda messy: bytes_and_lines.sizes(messy, is_long), over_time.older, over_time.older_by_its_dates, over_time.being_written, inspections.shows, inspections.every_file,
        ]:
            start = time.monotonic()
            check(messy)
            if is_long:
                print(f"{time.monotonic() - start:.1f} s {check}", flush=True)
    finally:
        messy.close()
    print(f"{messy.count} folders of messy exports were validated")
    facts.finish()


main()
