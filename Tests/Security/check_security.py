"""One check for each threat of Rules/security.md: the attack is tried on the program and must not succeed.

    check_security.py PROGRAM [--all] [WORD...]

With words, only the threats whose names contain one of them are tried. With --all, every variant of each is tried, which
takes minutes. Needs only Python.
"""

import concurrent.futures
import os
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


def try_one(name, program):
    """Checks one threat in a folder of its own and returns its facts; failures are printed as they are found."""
    facts = Facts()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="casecheck-security-"))
    started = time.monotonic()
    try:
        THREATS[name](program, folder, facts)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.flush()
    return facts, time.monotonic() - started


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program, words = str(pathlib.Path(sys.argv[1]).absolute()), [word for word in sys.argv[2:] if word != "--all"]
    if "--all" in sys.argv:
        os.environ["CASECHECK_SECURITY"] = "all"
    chosen = [name for name in THREATS if not words or any(word in name for word in words)]
    all_facts, told = Facts(), []
    with concurrent.futures.ProcessPoolExecutor() as pool:
        for name, (facts, seconds) in zip(chosen, pool.map(try_one, chosen, [program] * len(chosen))):
            all_facts.checked += facts.checked
            all_facts.wrong += facts.wrong
            all_facts.by_kind.update(facts.by_kind)
            told.append(f"{name} {facts.checked}" + (f" in {seconds:.1f} s" if words else ""))
    print("threats: " + ", ".join(told))
    all_facts.finish()


if __name__ == "__main__":
    main()
