"""Rule files, patterns and archives made to use up all time and memory."""

import gzip
import resource
import signal
import subprocess
import time
import zipfile

from blackbox import write
from hostile import AS_OF, World, person

TABLE = """table: people
title: People
files: ["people*.csv"]
primaryKey: person_id
person: person_id
fields:
  - {name: person_id, headings: [Person ID]}
  - {name: note, headings: [Note]}
"""
SECONDS, BYTES = 30, 4 << 30


def bounded(program, *arguments):
    """Runs the program with a bound on its memory and on the processor's time, and tells how long it took.

    What a busy machine gives to others is not the program's: only a program that waits for ever is ended by the clock.
    """
    def bound():
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))

    started = time.monotonic()
    try:
        done = subprocess.run(
            [program, *map(str, arguments)], capture_output=True, text=True, errors="replace", timeout=10 * SECONDS, preexec_fn=bound)
    except subprocess.TimeoutExpired:
        return None, 10 * SECONDS
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return None, SECONDS
    return done, time.monotonic() - started


def judge(program, folder, facts, name, rules, *, table=TABLE, wanted, commands=None):
    """`wanted` is the exit code of `rules check`, with words of its message if that is 2; every other command must end too."""
    place = folder / name
    write(place / "rules" / "table.yaml", table)
    write(place / "rules" / "rules.yaml", rules)
    write(place / "extracts" / "people.csv", "Person ID,Note\nP1,x\nP2,y\n")
    code, words = wanted if isinstance(wanted, tuple) else (wanted, "")
    done, _ = bounded(program, "rules", "check", "--rules", place / "rules")
    if not facts.that(done is not None, "rules are checked in bounded time", name):
        return
    facts.same(done.returncode, code, "rules are checked in bounded memory and stack", f"{name}: {done.stderr[-300:]}")
    facts.that(words in done.stderr, "the message says why", f"{name}: {done.stderr[-300:]}")
    if code == 2:
        facts.that(".yaml:" in done.stderr and len(done.stderr) < 200_000, "the message says where", f"{name}: {done.stderr[-300:]}")
        return
    for command in commands or (["rules", "explain", "r"], ["validate", place / "extracts", "--as-of", AS_OF, "--out", place / "out"], ["case", "P1", place / "extracts", "--as-of", AS_OF]):
        done, _ = bounded(program, *command, "--rules", place / "rules")
        if facts.that(done is not None, "what passes is worked out in bounded time", f"{name} {command[0]}"):
            facts.that(done.returncode in (0, 1, 3), "what passes is worked out in bounded memory and stack", f"{name} {command[0]}: {done.returncode} {done.stderr[-200:]}")


def rule(expression):
    return f"rules:\n  - rule: r\n    title: T\n    for: people\n    check: '{expression}'\n    fix: F.\n"


def laughs(levels, pattern):
    return "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} " + pattern.replace("@", f"*a{n - 1}") + "\n" for n in range(1, levels))


def yaml(program, folder, facts):
    deep = 100_000
    bombs = {
        "aliases in lists": (laughs(12, "[@, @, @, @, @, @, @, @, @, @]"), "grows beyond"),
        "aliases in mappings": (laughs(40, "{p: @, q: @}"), "grows beyond"),
        "aliases in keys": (laughs(60, "{p: @, q: @}") + "? *a59\n: x\n", "through its aliases"),
        "aliases in keys of keys": (laughs(60, "{p: @, q: @}") + "b:\n  - ? [*a59]\n    : x\n", "through its aliases"),
        "alias as a plain key": ("a: &a x\n*a : y\n", "not an alias"),
        "alias of itself": ("a: &a [*a]\n", "not YAML"), "alias of nothing": ("a: *b\n", "not YAML"),
        "brackets": ("a: " + "[" * deep + "]" * deep, "nests more than"), "braces": ("a: " + "{a: " * deep + "}" * deep, "nests more than"),
        "dashes": ("- " * deep + "a\n", "nests more than"), "questions": ("? " * deep + "a\n", "a key is a plain text"),
        "blocks": ("".join(" " * n + "a:\n" for n in range(2_000)), "nests more than"), "a hundred levels": ("a: " + "[" * 100 + "]" * 100, "nests more than"),
        "scalar of 100 MB": ("a: " + "x" * 100_000_000, "larger than 16 MiB"), "scalar of 15 MB": ("a: " + "x" * 15_000_000, "declares nothing"),
        "the same key twice": ("rules: []\nrules: []\n", "more than once"), "merge key": ("rules:\n  - <<: {rule: a}\n    title: T\n", "no name"),
        "tag of an object": ("a: !!python/object/apply:os.system ['id']\n", "the tag"), "binary": ("rules: !!binary x\n", "the tag"),
        "NUL": ("a: \"\0\"\n", ""), "many documents": ("---\n" * 50_000 + "a: 1\n", "")}
    for name, (text, words) in bombs.items():
        judge(program, folder, facts, name, text, wanted=(2, words))
    # Harmless aliases are still allowed.
    judge(program, folder, facts, "harmless alias", rule("has(note)").replace("title: T", "title: &t T").replace("fix: F.", "fix: *t"), wanted=0)
    done, _ = bounded(program, "rules", "check", "--rules", "/dev/zero")
    facts.that(done is not None and done.returncode == 2, "a device is no endless rule file", done and done.stderr[-200:])
    place = write(folder / "casecheck.yaml", laughs(60, "{p: @, q: @}") + "? *a59\n: x\n")
    done, _ = bounded(program, "run", "--config", place)
    facts.that(done is not None and done.returncode == 2, "the configuration is read by the same reader", done and done.stderr[-200:])


def expressions(program, folder, facts):
    many = 100_000
    long, deep, strung, loops = "longer than", "nests more than", "strings more than", "loops and look-ups"
    refused = {
        "10^5 brackets": ("(" * many + "1" + ")" * many, long), "15,000 brackets": ("(" * 15_000 + "true" + ")" * 15_000, deep), "10^5 nots": ("!" * many + "true", long),
        "30,000 nots": ("!" * 30_000 + "true", deep), "30,000 signs": ("-" * 30_000 + "1 > 0", deep), "10^5 sums": ("1" + "+1" * many, long), "15,000 sums": ("1" + "+1" * 15_000 + ">0", strung),
        "5,000 ors": ("true" + "||true" * 5_000, strung), "5,000 ands": ("true" + "&&true" * 5_000, strung), "6,000 members": ("this" + ".note" * 6_000, strung),
        "4,000 calls": ("note" + ".trim()" * 4_000 + "==\"\"", strung), "10,000 indices": ("[1]" + "[0]" * 10_000 + "==1", strung), "3,000 comparisons": ("note" + "==note" * 3_000, strung),
        "3,000 conditions": ("true?true:" * 3_000 + "true", deep), "6,000 functions": ("abs(" * 6_000 + "1" + ")" * 6_000 + ">0", deep), "30,000 lists": ("1 in " + "[" * 30_000, deep),
        "sums of sums": ("(" * 100 + "1" + "".join("+1" * 9 + ")" for _ in range(100)) + ">0", strung), "9 loops": ("people.exists(a, " * 9 + "true" + ")" * 9, loops),
        "60 look-ups": ("lookup(people, " * 60 + "note" + ").note" * 60 + "==\"\"", loops), "not closed": ("(" * 119, ""), "not ended": ("\"" + "x" * 20_000, "")}
    for name, (text, words) in refused.items():
        judge(program, folder, facts, name, rule(text), wanted=(2, words))
    passed = {
        "115 nots": "!" * 115 + "true", "118 brackets": "(" * 118 + "true" + ")" * 118, "390 ors": "true" + "||true" * 390, "390 sums": "1" + "+1" * 390 + ">0", "110 signs": "-" * 110 + "1>0",
        "390 trims": "note" + ".trim()" * 390 + "==\"\"", "390 filters": "people" + ".filter(a, true)" * 390 + ".size()>0", "110 has": "has(" * 110 + "note" + ")" * 110, "8 loops": "people.exists(a, " * 8 + "true" + ")" * 8,
        "110 mins": "min(" * 110 + "1,2" + ",3)" * 110 + ">0", "110 coalesces": "coalesce(" * 110 + "note" + ")" * 110 + "==\"\"", "110 conditions": "true?true:" * 110 + "true", "110 ins": "(" * 110 + "true" + " in [true])" * 110,
        "15,000 in a list": "1 in [" + "1," * 15_000 + "1]", "8 look-ups": "lookup(people, " * 8 + "note" + ").note" * 8 + "==\"\""}
    for name, text in passed.items():
        judge(program, folder, facts, name, rule(text), wanted=0)
    parameters = "parameters:\n  p00: 1\n"
    judge(program, folder, facts, "parameters doubled", parameters + "".join(f"  p{n:02}: p{n - 1:02} + p{n - 1:02}*0\n" for n in range(1, 45)) + rule("p44 > 0"), wanted=0)
    judge(program, folder, facts, "parameters in a chain", parameters + "".join(f"  p{n:02}: p{n - 1:02} + 1\n" for n in range(1, 1_000)) + rule("p999 > 0"), wanted=(2, "made of one another"))
    judge(program, folder, facts, "parameters in a chain backwards", "parameters:\n  p999: 1\n" + "".join(f"  p{n:03}: p{n + 1:03} + 1\n" for n in range(400, 999)) + rule("p400 > 0"), wanted=(2, "made of one another"))
    derived = TABLE + "derived:\n  - {name: d0, type: integer, value: '1'}\n"
    judge(program, folder, facts, "columns doubled", rule("d44 > 0"), table=derived + "".join(f"  - {{name: d{n}, type: integer, value: 'd{n - 1} + d{n - 1}*0'}}\n" for n in range(1, 45)), wanted=0)
    judge(program, folder, facts, "columns in a chain", rule("d999 > 0"), table=derived + "".join(f"  - {{name: d{n}, type: integer, value: 'd{n - 1} + 1'}}\n" for n in range(1, 1_000)), wanted=(2, "worked out from one another"))
    judge(program, folder, facts, "a column of itself", rule("d1 > 0"), table=derived + "  - {name: d1, type: integer, value: d1}\n", wanted=(2, "cycle"))


def patterns(program, folder, facts):
    """Regular expressions and globs must be refused with a message, or take time that grows only in proportion to the text."""
    refused = {
        "counts in counts": ("(((a{1000}){1000}){1000})", "invalid repetition size"), "a count too large": ("a{1001}", "invalid repetition size"), "brackets": ("(" * 5_000, "missing )"),
        "too large a program": ("((a{100}){100}){100}", "regular expression"), "back reference": (r"(a)\\1", "invalid escape"), "look-ahead": ("(?=a)", "regular expression")}
    for name, (pattern, words) in refused.items():
        judge(program, folder, facts, name, rule(f'note.matches("{pattern}")'), wanted=(2, words))
        judge(program, folder, facts, name + " of a field", rule("true"), table=TABLE.replace("[Note]}", "[Note], constraints: {pattern: '" + pattern.replace("\\\\", "\\") + "'}}"), wanted=(2, words))
    slow = ["(a*)*b", "(a|aa)+$", "(a|a?)+$", "(.*a){12}", "([a-z]+)*x", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$"]
    for number, pattern in enumerate(slow):
        times = []
        for length in (20_000, 200_000):
            place = folder / f"slow-{number}-{length}"
            write(place / "rules" / "table.yaml", TABLE)
            write(place / "rules" / "rules.yaml", rule(f'note.matches("{pattern}")'))
            write(place / "extracts" / "people.csv", "Person ID,Note\nP1," + "a" * length + "!\n")
            done, seconds = bounded(program, "validate", place / "extracts", "--rules", place / "rules", "--as-of", AS_OF, "--out", place / "out")
            times.append(seconds)
            facts.that(done is not None and done.returncode in (0, 1), "a pattern's time is bounded", f"{pattern} {length}: {done and done.stderr[-200:]}")
        facts.that(times[1] < times[0] * 30 + 2, "a pattern's time grows as the text", f"{pattern}: {times}")
    globs = ["*a" * 50_000, "{a," * 50_000, "{a," * 240 + "}" * 240, "*a" * 490, "[" * 990, "*" * 990 + "b", "{*a," * 190 + "}" * 190, "[" * 100_000, "*" * 100_000 + "b", "people{,a}{,a}{,a}{,a}{,a}{,a}{,a}{,a}{,a}{,a}{,a}{,a}{,a}{,a}{,a}{,a}{,a}{,a}{,a}{,a}{,a}{,a}{,a}{,a}.csv"]
    for number, glob in enumerate(globs):
        place = folder / f"glob-{number}"
        write(place / "rules" / "table.yaml", TABLE.replace('"people*.csv"', f'"people*.csv", "{glob}"'))
        write(place / "rules" / "rules.yaml", rule("true"))
        write(place / "extracts" / "people.csv", "Person ID,Note\nP1,x\n")
        write(place / "extracts" / ("a" * 200 + ".csv"), "Person ID,Note\nP2,x\n")
        done, _ = bounded(program, "validate", place / "extracts", "--rules", place / "rules", "--as-of", AS_OF, "--out", place / "out")
        facts.that(done is not None and done.returncode in (0, 1, 2, 3), "a glob's time is bounded", f"{glob[:20]}: {done and (done.returncode, done.stderr[-200:])}")


def archives(program, folder, facts):
    """The program unpacks nothing: an archive that would explode stays packed, and the message says what it is."""
    world = World(program, folder / "archives", [person(1)])
    with gzip.open(world.extracts / "people-gz.csv", "wb", compresslevel=9) as file:
        for _ in range(100):
            file.write(b"P,East,W,01/01/2016,x\n" * 50_000)
    for name in ("people-zip.csv", "people-xlsx.csv"):
        with zipfile.ZipFile(world.extracts / name, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("xl/workbook.xml" if "xlsx" in name else "people.csv", b"0" * 50_000_000)
    done, seconds = bounded(program, "validate", world.extracts, "--rules", world.rules, "--as-of", AS_OF, "--out", world.out)
    facts.same(done and done.returncode, 3, "an archive is no extract", done and done.stderr[-300:])
    facts.that(seconds < 15, "an archive is not unpacked", seconds)
    told = (done.stdout + done.stderr).lower()
    for name, words in (("people-gz.csv", "compressed"), ("people-zip.csv", "workbook"), ("people-xlsx.csv", "workbook")):
        facts.that(name in told and words in told, "an archive is told for what it is", f"{name}: {told[-600:]}")
