"""Misspells single words of the rules that come with casecheck: each must give one mistake, at that word, with the right name.

    check_misspellings.py PROGRAM [WORDS] [SEED]

The words are keys of rules, tables, fields, references, deadlines and so on, and names and functions in expressions, wherever they are
in the YAML.
"""

import collections
import pathlib
import random
import re
import shutil
import sys
import tempfile

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import Facts, run  # noqa: E402

RULES = pathlib.Path(__file__).resolve().parent.parent.parent / "Rules"
NAME = r"[A-Za-z_][A-Za-z_0-9]*"
EXPRESSIONS = {"when", "check", "from", "to", "due", "events", "until", "value", "per", "every", "first", "marks", "team", "worker"}
# Keys below which names are free to choose, or below which there is no expression although the key may suggest one.
FREE = {"values", "parameters", "steps", "given", "earlier", "expect", "set"}
# Words of a duration, and those that cannot be told from others.
UNITS = {"working", "days", "weeks", "months", "years", "hours", "false"}


def nodes(node, path=()):
    """Each scalar as (node, the keys above it, whether it is a key itself)."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key, path, True
            yield from nodes(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from nodes(value, path)
    else:
        yield node, path, False


def without_texts(text, style):
    """The expression with its quoted texts replaced by as many blanks."""
    quoted = r'\\"(.*?)\\"' if style == '"' else r'"((?:[^"\\]|\\.)*)"'
    return re.sub(quoted, lambda match: " " * len(match[0]), text)


def words(text):
    """(kind, place, word) of every word that can be misspelt."""
    for node, path, is_key in nodes(yaml.compose(text)):
        start = node.start_mark.index
        if FREE & set(path):
            continue
        if is_key and len(node.value) >= 4 and node.style is None:
            yield "a key", start, node.value
        elif not is_key and path and path[-1] in EXPRESSIONS and not {"covers", "active", "fields"} & set(path):
            raw = without_texts(text[start:node.end_mark.index], node.style)
            for match in re.finditer(NAME, raw):
                if len(match[0]) >= 5 and match[0] not in UNITS:
                    yield "a name in an expression", start + match.start(), match[0]


def misspelt(word, names, chance):
    """The word with a letter left out, doubled, or swapped with its neighbour; never a name that exists."""
    while True:
        at = chance.randrange(1, len(word))
        other = chance.choice([
            word[:at] + word[at + 1:], word[:at] + word[at - 1:], word[:at - 1] + word[at] + word[at - 1] + word[at + 1:]])
        if other not in names:
            return other


def place(text, index):
    before = text[:index]
    return before.count("\n") + 1, index - before.rfind("\n")


def main():
    program = str(pathlib.Path(sys.argv[1]).absolute())
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 120
    chance, facts, kinds = random.Random(sys.argv[3] if len(sys.argv) > 3 else "1"), Facts(), collections.Counter()
    with tempfile.TemporaryDirectory(prefix="casecheck-misspellings-") as scratch:
        folder = pathlib.Path(scratch) / "Rules"
        shutil.copytree(RULES, folder)
        texts = {file: file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.yaml"))}
        names = set(re.findall(NAME, "\n".join(texts.values())))
        found = [(file, *word) for file, text in texts.items() for word in words(text)]
        for file, kind, index, word in chance.sample(found, count):
            text, other = texts[file], misspelt(word, names, chance)
            file.write_text(text[:index] + other + text[index + len(word):], encoding="utf-8")
            done = run(program, "rules", "check", "--rules", folder)
            file.write_text(text, encoding="utf-8")
            line, column = place(text, index)
            where = f"{file.relative_to(folder)}:{line}:{column}, {word} as {other}: {done.stderr}"
            mistakes = [said for said in done.stderr.splitlines() if ": error: " in said]
            facts.same(done.returncode, 2, f"{kind}: the exit code", where)
            facts.same(len(mistakes), 1, f"{kind}: one mistake", where)
            facts.that(any(said.startswith(f"{file}:{line}:{column}: ") for said in mistakes), f"{kind}: at the word", where)
            facts.that(any(f"`{other}`" in said and f"`{word}`" in said for said in mistakes), f"{kind}: the right name", where)
            kinds[kind] += 1
    for kind in ("a key", "a name in an expression"):
        facts.that(kinds[kind] >= count // 5, "misspellings of each kind", kind)
    print(f"of {len(found)} words {dict(kinds)}")
    facts.finish()


if __name__ == "__main__":
    main()
