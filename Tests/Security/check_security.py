"""One check for each threat of Rules/security.md: what it names is tried on the program, and must not succeed.

    check_security.py PROGRAM [WORD...]

With words, only the threats whose names hold one of them. Needs nothing but Python.
"""

import pathlib
import shutil
import sys
import tempfile
import time

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent), str(pathlib.Path(__file__).resolve().parent)]
from blackbox import Facts  # noqa: E402
import files_and_modes  # noqa: E402
import formulas_and_markup  # noqa: E402
import names_and_terminal  # noqa: E402
import rule_bombs  # noqa: E402
import secrets_and_canaries  # noqa: E402
import strangers  # noqa: E402

THREATS = {
    "formulas": formulas_and_markup.formulas, "markup": formulas_and_markup.markup,
    "names": names_and_terminal.names, "terminal": names_and_terminal.terminal,
    "yaml": rule_bombs.yaml, "expressions": rule_bombs.expressions, "patterns": rule_bombs.patterns, "archives": rule_bombs.archives,
    "modes": files_and_modes.modes, "links": files_and_modes.links,
    "canaries": secrets_and_canaries.canaries, "keys": secrets_and_canaries.keys,
    "mail": strangers.mail, "sql": strangers.sql, "ledgers": strangers.ledgers, "templates": strangers.templates, "settings": strangers.settings,
}


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program, words = str(pathlib.Path(sys.argv[1]).absolute()), sys.argv[2:]
    facts = Facts()
    counts = []
    for name, check in THREATS.items():
        if words and not any(word in name for word in words):
            continue
        folder = pathlib.Path(tempfile.mkdtemp(prefix="casecheck-security-"))
        before, started = facts.checked, time.monotonic()
        try:
            check(program, folder, facts)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        counts.append(f"{name} {facts.checked - before}")
        if words:
            print(f"{name}: {facts.checked - before} facts in {time.monotonic() - started:.1f} s")
    print("threats: " + ", ".join(counts))
    facts.finish()


main()
