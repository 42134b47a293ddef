"""Texts for cells: good ones, bad ones, and ones close to a bound; only those on which the contract speaks."""

import unicodedata
from datetime import date, datetime, time, timedelta

from definition_tables import CODES, NUMERALS
from definition_values import DEFAULT_FORMATS, FALSE, MATCHES, MONTHS, PATTERNS, TRUE, bound_of, one_or_list

PLAIN = ["x", "abc", "Zoë", "naïve", "£5", "€20", "a b", "O'Brien", 'say "hi"', "x,y", "x;y", "x|y", " x", "x ", "  ", "~", "007",
         "e\u0301", "é",
         "😀", "漢字", "ab", "A", "null", "NULL", "N/A", "n/a", "-", "Total", "not known", "“q”", "a~b", "1", "1.0", "x\u00a0", "ß"]
TEAMS = ["North", "South", "Überlingen", "East; West", "NULL", ""]
# Texts that are no date, and what the message calls them (rule-language: `.type` messages say what the value looks like).
NO_DATES = [("42370", "Excel serial date"), ("31/12/20155", None), ("12/31/2015", "US date"), ("01/02/15", "two-digit year"),
            ("01/02/2015 10:30", "date with a time"), ("29/02/2015", None), ("31/04/2015", None), ("soon", None), ("00/01/2015", None),
            ("01/13/2015", None), ("2015-02-30", None), ("x", None), ("2015", None)]
LOOKS = dict(NO_DATES)


def written(value, form, chance):
    """`value` as a format writes it; days and months sometimes with one digit."""
    short = chance.random() < 0.2
    parts = {"%Y": f"{value.year:04}", "%d": f"{value.day}" if short else f"{value.day:02}",
             "%m": f"{value.month}" if short else f"{value.month:02}", "%b": MONTHS[value.month - 1]} if hasattr(value, "year") else {}
    if hasattr(value, "hour"):
        parts.update({"%H": f"{value.hour:02}", "%M": f"{value.minute:02}", "%S": f"{value.second:02}"})
    if form.startswith("%Y-"):  # ISO 8601 has two digits
        parts.update({"%d": f"{value.day:02}", "%m": f"{value.month:02}"})
    for part, text in parts.items():
        form = form.replace(part, text)
    return form


def moments(field, as_of, chance):
    """A day or a time, often close to a bound of the field."""
    kind, limits = field["type"], [c for n, c in field.get("constraints", {}).items() if n in ("minimum", "maximum")]
    if kind == "time":
        near = [time(0, 0), time(23, 59), time(8, 0), time(7, 59), time(18, 30), time(18, 31), time(12, 5, 30)]
        return chance.choice(near)
    days = [date(2015, 3, 1), date(2012, 2, 29), as_of, as_of + timedelta(1), as_of - timedelta(1), date(1989, 12, 31), date(2015, 2, 28)]
    for limit in limits:
        bound = bound_of(limit, field, as_of)
        days += [bound + timedelta(n) for n in (-1, 0, 1)]
        if isinstance(bound, datetime):
            days += [bound + timedelta(minutes=n) for n in (-1, 0, 1)]
    day = chance.choice(days)
    if kind == "datetime" and not isinstance(day, datetime):
        day = datetime.combine(day, chance.choice([time(0, 0), time(23, 59), time(9, 30), time(12, 29, 59)]))
    return day.date() if kind == "date" and isinstance(day, datetime) else day


def numeral(value, field, chance):
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    whole, _, part = text.partition(".")
    group = field.get("groupChar")
    if group and chance.random() < 0.6:
        sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
        whole = sign + f"{int(digits):,}".replace(",", group)
    return whole + (field.get("decimalChar", ".") + part if part else "")


def turned(chance, text):
    """The text, now and then slightly changed: the exact text counts (settled 28)."""
    near = [text, text.upper(), text.lower(), unicodedata.normalize("NFD", text), unicodedata.normalize("NFC", text),
            " " + text, text + " "]
    return chance.choice(near) if chance.random() < 0.3 else text


def good(chance, field, as_of, codes):
    kind, rules = field.get("type", "string"), field.get("constraints", {})
    if kind == "string":
        if "pattern" in rules and chance.random() < 0.9:
            fits, fits_not = next(p[2:] for p in PATTERNS if p[0] == rules["pattern"])
            return chance.choice(fits if chance.random() < 0.7 else fits_not)
        if "enum" in rules and chance.random() < 0.7:
            return turned(chance, chance.choice(rules["enum"]))
        if field.get("codes") and chance.random() < 0.8:
            return turned(chance, chance.choice(list(codes[field["codes"]])))
        return chance.choice(CODES) if "enum" in rules or field.get("codes") else chance.choice(PLAIN)
    if kind == "integer" and ("enum" in rules or field.get("codes")):
        # Exact text counts (settled 28): 01 is not 1.
        return chance.choice((rules.get("enum") or list(codes[field["codes"]])) + NUMERALS + ["01", "3"])
    if kind in ("integer", "number"):
        near = [rules[n] + d for n in ("minimum", "maximum") if n in rules for d in (-1, 0, 1)]
        if kind == "integer":
            return str(chance.choice(near + [0, 5, 10, 11, -7, 9007199254740992, 9007199254740994, 123456]))
        return numeral(chance.choice(near + [0, 0.5, 1000, 1000.25, 999.75, -2.5, 12345.5, 1234567.25]), field, chance)
    if kind == "boolean":
        return chance.choice(field.get("trueValues", TRUE) + field.get("falseValues", FALSE))
    return written(moments(field, as_of, chance), chance.choice(one_or_list(field.get("format", DEFAULT_FORMATS[kind]))), chance)


def bad(chance, field):
    """A text that is certainly no value of the type."""
    kind = field.get("type", "string")
    if kind == "integer":
        return chance.choice(["12.5", "x", "1 2", "1,234", "12a", "--1", "99999999999999999999", "٣"])
    if kind == "number":
        texts = ["x", "1.2.3", "12a", "1,2,3x", "0x1F", "--1", "£5"]
        if "groupChar" not in field:
            texts += ["1,234.50", "1.234,50", "1 234"]
        if field.get("decimalChar") == "," and "groupChar" not in field:
            texts += ["1.5"]
        return chance.choice(texts)
    if kind == "boolean":
        return chance.choice(["maybe", "yes", "y", "tRUE", "oui", "2.0", "Ja", "no", "JA"])
    if kind == "time":
        return chance.choice(["25:00", "12:60", "x", "noon", "-1:00"])
    if kind == "datetime":
        return chance.choice(["32/01/2015 10:00", "01/02/2015 25:00", "x", "soon", "29/02/2015 09:30", "01/02/2015 10:60"])
    return chance.choice(NO_DATES)[0]


def cell(chance, field, missing, as_of, codes):
    kind = field.get("type", "string")
    choice = chance.random()
    if choice < 0.12:
        text = turned(chance, chance.choice(missing)) if kind == "string" else chance.choice(missing)
    elif choice < 0.22 and kind != "string":
        text = bad(chance, field)
    else:
        text = good(chance, field, as_of, codes)
    if kind != "string" and chance.random() < 0.1:
        text = chance.choice([" ", "  "]) + text + chance.choice(["", " "])  # settled 30
    return text


assert all(holds(t) for p, holds, fits, _ in PATTERNS for t in fits) and not any(holds(t) for p, holds, _, no in PATTERNS for t in no)
assert MATCHES
