"""Random table definitions, as the YAML that a rule author would write."""

import re
from datetime import date

import yaml

from definition_values import PATTERNS

NAMES = ["alpha", "bravo", "cosmo"]
# Headings, from which field names are made. None looks like a person's name, so that lists show the cells (Rules/README.md, 1).
WORDS = ["start date", "case type", "plan code", "review day", "risk level", "home area", "visit count", "last change", "seen alone",
         "school year", "open since", "cost week", "legal basis", "chair note", "due hour", "Café order", "source_system", "Öffnung"]
TYPES = ["string", "string", "string", "integer", "number", "boolean", "date", "date", "datetime", "time"]
MISSING = [None, [""], ["", "NULL", "N/A"], ["", "-", "not known", "01/01/1900"], ["", "NULL", "é", "99", "Ungültig"], ["", "e\u0301", "0"]]
FORMATS = {
    "date": [None, None, "%d/%m/%Y", "%Y-%m-%d", ["%d/%m/%Y", "%Y-%m-%d"], ["%d.%m.%Y", "%d/%m/%Y"], "%d-%b-%Y", ["%Y/%m/%d", "%d %b %Y"],
             "%m/%d/%Y"],
    "datetime": [None, None, "%d/%m/%Y %H:%M", ["%d/%m/%Y %H:%M", "%d/%m/%Y"], ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"],
                 ["%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M"]],
    "time": [None, "%H:%M", ["%H:%M", "%H:%M:%S"], "%H.%M"],
}
BOOLEANS = [None, None, (["ja"], ["nein"]), (["Y", "Yes", "é"], ["N", "No", "e\u0301"]), (["1"], ["0", "2"]),
            (["WAHR", "T"], ["FALSCH", "F"])]
NUMBERS = [{}, {}, {"decimalChar": ","}, {"groupChar": ","}, {"decimalChar": ",", "groupChar": "."}, {"decimalChar": ",", "groupChar": " "}]
CODES = ["e\u0301", "A", "B", "SA", "PB", "a", "ä", "Ä", "é", "10", "A B", "yes", "No", "null", "1.0", "x,y", "x;y", "Zoë"]
NUMERALS = ["1", "2", "10", "99", "0", "-7"]
KEY_PATTERNS = [r"\p{Lu}.*", r"\w+", ".{2,4}"]
FOOTERS = [["*rows affected*"], ["Total*"], ["*rows affected*", "Total*"], ["-- end of ?eport --"]]
ENCODINGS = ["auto", "auto", "auto", None, "utf-8", "windows-1252", "utf-16le", "utf-16be"]


class Plain(yaml.SafeDumper):
    """Writes digits without quotes, as people do: a code 10, a missing value 99. Their text is what counts (settled 28)."""


def represent_text(dumper, text):
    if re.fullmatch(r"\d+", text, re.ASCII):
        return dumper.represent_scalar("tag:yaml.org,2002:int", text)
    if re.fullmatch(r"\d+\.\d+", text, re.ASCII):
        return dumper.represent_scalar("tag:yaml.org,2002:float", text)
    return yaml.SafeDumper.represent_str(dumper, text)


Plain.add_representer(str, represent_text)


def constraints(chance, field, as_of):
    kind = field["type"]
    found = {}
    if chance.random() < 0.3:
        found["required"] = True
    if kind == "string":
        choice = chance.random()
        if choice < 0.3:
            found["pattern"] = chance.choice(PATTERNS)[0]
        elif choice < 0.5:
            found["minLength"] = chance.randint(1, 3)
        elif choice < 0.6:
            found["enum"] = chance.sample(CODES, chance.randint(1, 5))
        elif choice < 0.7:
            field["codes"] = True  # make() names the list
        if chance.random() < 0.25 and "pattern" not in found:
            found["maxLength"] = chance.randint(found.get("minLength", 1), 5)
        if chance.random() < 0.15:
            found["unique"] = True
    elif kind == "integer" and chance.random() < 0.3:
        if chance.random() < 0.5:
            found["enum"] = chance.sample(NUMERALS, 3)
        else:
            field["codes"] = True
    elif kind in ("integer", "number"):
        low = {"integer": [-3, 0, 1, 10], "number": [-1.5, 0, 0.25, 1000]}[kind]
        high = {"integer": [12, 99, 9007199254740993], "number": [1000.5, 1234567.125, 1e3]}[kind]
        bounds(chance, found, low, high)
        if kind == "integer" and chance.random() < 0.15:
            found["unique"] = True
    elif kind == "date":
        bounds(chance, found, [date(1990, 1, 1), date(2015, 2, 28)], ["asOf", "asOf", date(2016, 2, 29)])
    elif kind == "datetime":
        bounds(chance, found, [date(1990, 1, 1), "2015-02-28T12:30"], ["asOf", "asOf", "2016-02-29T23:59"])
    elif kind == "time":
        bounds(chance, found, ["08:00", "00:00"], ["18:30", "23:59"])
    return found


def bounds(chance, found, low, high):
    if chance.random() < 0.5:
        found["minimum"] = chance.choice(low)
    if chance.random() < 0.5:
        found["maximum"] = chance.choice(high)


def typed(chance, name, heading, as_of):
    field = {"name": name, "headings": [heading] + (["Old " + heading] if chance.random() < 0.2 else []), "type": chance.choice(TYPES)}
    kind = field["type"]
    if kind in FORMATS:
        form = chance.choice(FORMATS[kind])
        if form:
            field["format"] = form
    if kind == "boolean":
        words = chance.choice(BOOLEANS)
        if words:
            field["trueValues"], field["falseValues"] = words
    if kind == "number":
        field.update(chance.choice(NUMBERS))
    found = constraints(chance, field, as_of)
    if found:
        field["constraints"] = found
    if kind == "string" and chance.random() < 0.5:
        del field["type"]  # a field without a type is a string
    return field


def code_list(chance, name, as_of, folder, choice):
    codes = chance.sample(choice, chance.randint(2, min(8, len(choice))))
    if chance.random() < 0.5:
        return {"codes": name, "values": {code: f"label of {code}" for code in codes}}, {code: (None, None) for code in codes}
    # Settled 44: from and to are both inclusive; settled 28: they hold on the as-of date.
    day, earlier, later = as_of, date(as_of.year - 1, 1, 1), date(as_of.year + 1, 1, 1)
    before, after = date.fromordinal(day.toordinal() - 1), date.fromordinal(day.toordinal() + 1)
    spans = [(None, None), (earlier, later), (day, day), (None, day), (day, None), (None, before), (after, None), (earlier, before),
             (after, later), (earlier, None)]
    dated = chance.random() < 0.8
    held = {code: chance.choice(spans) if dated else (None, None) for code in codes}
    lines = ["code,label,from,to" if dated else "code,label"]
    for code, (start, end) in held.items():
        cells = [code, "label", str(start or ""), str(end or "")][:4 if dated else 2]
        lines.append(",".join('"' + cell + '"' if "," in cell else cell for cell in cells))
    end = chance.choice(["\n", "\r\n"])
    (folder / f"{name}.csv").write_bytes((chance.choice(["", "\ufeff"]) + end.join(lines) + end).encode("utf-8"))
    return {"codes": name, "file": f"{name}.csv"}, held


def table(chance, name, as_of, parents):
    words = chance.sample(WORDS, len(WORDS))
    fields = [{"name": "k", "headings": ["Record ID", "ID no"]}]
    key = "k"
    if chance.random() < 0.2:
        fields[0]["type"] = "integer"
    if chance.random() < 0.3:
        fields.append({"name": "k2", "headings": ["Part-No"], "type": chance.choice(["string", "integer"])})
        key = ["k", "k2"]
    if chance.random() < 0.3:
        fields[0]["constraints"] = {"required": True}
    if fields[0].get("type") != "integer" and chance.random() < 0.3:
        fields[0].setdefault("constraints", {})["pattern"] = chance.choice(KEY_PATTERNS)
    for number in range(chance.randint(2, 6)):
        word = words.pop()
        fields.append(typed(chance, f"f{number}", word if chance.random() < 0.5 else word.title(), as_of))
    made = {"table": name, "title": name.title(), "files": [f"{name}*.csv", f"{name}_*.TXT"], "primaryKey": key, "fields": fields}
    for parent in parents:
        if chance.random() < 0.6 and "primaryKey" in parent:
            refer(chance, made, parent)
    if chance.random() < 0.1:
        refer(chance, made, made)
    if chance.random() < 0.08 and not any(f["reference"]["table"] == name for f in made.get("foreignKeys", [])):
        del made["primaryKey"]
    multiline = []
    if chance.random() < 0.5:
        fields.append({"name": "note", "headings": ["Notes", "Comments"]})
        multiline = ["note"]
    if chance.random() < 0.5:
        fields += [{"name": "team", "headings": ["Team"]}, {"name": "worker", "headings": ["Allocated to"]}]
        made["owner"] = {"team": "team", "worker": "worker"}
    if chance.random() < 0.3:
        fields.append({"name": "child", "headings": ["Child no"]})
        made["person"] = "child"
    for setting, odds in (("required", 0.5), ("mayBeEmpty", 0.3)):
        if chance.random() < odds:
            made[setting] = True
    if multiline:
        made["multiline"] = multiline
    missing = chance.choice(MISSING)
    if missing:
        made["missingValues"] = missing
    encoding = chance.choice(ENCODINGS)
    if encoding:
        made["encoding"] = encoding
    dialect = {"delimiter": chance.choice(["auto", "auto", ",", ";", "\t", "|"]), "quoteChar": chance.choice(['"', '"', "'", "~"])}
    if chance.random() < 0.6:
        dialect["headerRow"] = chance.choice(["auto", "auto", "auto", 1, 2, 3])
    if chance.random() < 0.5:
        dialect["footer"] = chance.choice(FOOTERS)
    if "primaryKey" not in made:
        dialect.pop("footer", None)  # the contract does not say what passes as a key in a table without one
    if chance.random() < 0.2:
        dialect = {key: value for key, value in dialect.items() if key == "footer"}
    if dialect:
        made["dialect"] = dialect
    return made


def refer(chance, made, parent):
    """Adds a foreign key to another table's primary key, with fields of the same types."""
    keys = parent["primaryKey"] if isinstance(parent["primaryKey"], list) else [parent["primaryKey"]]
    types = {field["name"]: field.get("type", "string") for field in parent["fields"]}
    names = [f"{parent['table'][0]}_{key}" for key in keys]
    for key, name in zip(keys, names):
        field = {"name": name, "headings": [f"{parent['title']} ref {key}"], "type": types[key]}
        if chance.random() < 0.2:
            field["constraints"] = {"required": True}
        made["fields"].append(field)
    single = len(names) == 1
    made.setdefault("foreignKeys", []).append({
        "fields": names[0] if single and chance.random() < 0.5 else names,
        "reference": {"table": parent["table"], "fields": keys[0] if single else keys}, "as": parent["table"] + "_row"})


def literal_rule(chance, number, made):
    """A check of one field, whose verdict shows as what a cell was read: the rule, its table, the field, and what tells if it holds."""
    field = chance.choice([field for field in made["fields"] if field["name"].startswith("f")])
    name, kind = field["name"], field.get("type", "string")
    if kind == "time":
        return None
    day = date(2015, 3, 1)
    expression, holds = {
        "string": (f'{name} == "x"', lambda value, as_of: value == "x"),
        "integer": (f"{name} <= 10", lambda value, as_of: value <= 10),
        "number": (f"{name} > 1000.0", lambda value, as_of: value > 1000),
        "boolean": (name, lambda value, as_of: value),
        "date": (f'{name} != date("2015-03-01")', lambda value, as_of: value != day),
        "datetime": (f"{name} < asOf", lambda value, as_of: (value.date() if hasattr(value, "hour") else value) < as_of),
    }[kind]
    choice = chance.random()
    if choice < 0.15:
        expression, holds = f"has({name})", "has"
    elif choice < 0.3:
        expression, holds = f"given({name})", "given"
    rule = {"rule": f"rule-{number}", "title": "A check of one field", "for": made["table"], "check": expression,
            "message": "Fails.", "fix": "Mend it."}
    return rule, made["table"], name, holds


def make(chance, as_of, folder, pack, decoy):
    """Makes tables, code lists by name and rules, and writes them as YAML to the folder."""
    if pack:
        folder = folder / "packs" / pack
    folder.mkdir(parents=True)
    tables, codes, documents = [], {}, []
    for name in NAMES[:chance.randint(1, 3)]:
        made = table(chance, name, as_of, tables)
        for field in made["fields"]:
            if field.get("codes"):
                field["codes"] = f"codes_{name}_{field['name']}"
                document, held = code_list(chance, field["codes"], as_of, folder, NUMERALS if field.get("type") == "integer" else CODES)
                codes[field["codes"]] = held
                documents.append(document)
        tables.append(made)
    rules = [rule for number in range(chance.randint(0, 3)) if (rule := literal_rule(chance, number, chance.choice(tables)))]
    documents = tables + documents + ([{"rules": [rule[0] for rule in rules]}] if rules else [])
    dumper = chance.choice([yaml.SafeDumper, Plain])
    if decoy:
        # Rules/README.md, 8: a table of the same name in a later folder replaces the earlier one whole.
        decoy.mkdir(parents=True)
        wrong = {"table": "alpha", "title": "Replaced", "files": ["*"], "required": True,
                 "fields": [{"name": "k", "constraints": {"unique": True}}]}
        (decoy / "earlier.yaml").write_text(yaml.safe_dump(wrong), encoding="utf-8")
    text = yaml.dump_all(documents, Dumper=dumper, allow_unicode=True, sort_keys=False, default_flow_style=chance.choice([False, None]))
    (folder / "rules.yaml").write_text(text, encoding="utf-8")
    return tables, codes, rules
