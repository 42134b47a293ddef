"""What a cell is by the contract: missing, unreadable, or a value; and whether a value keeps a constraint.

Only texts on which the contract speaks are generated (definition_cells.py), so nothing here has to guess about others.
"""

import re
import unicodedata
from datetime import date, datetime, time

MISSING, BAD = "missing", "bad"

# Settled 28.
TRUE = ["true", "True", "TRUE", "1", "Y", "Yes", "YES"]
FALSE = ["false", "False", "FALSE", "0", "N", "No", "NO"]

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
# `%Y` takes exactly four digits (rule-language); days and months may have one digit (settled 36).
PARTS = {"%d": r"(?P<d>\d\d?)", "%m": r"(?P<m>\d\d?)", "%Y": r"(?P<Y>\d{4})", "%H": r"(?P<H>\d\d)", "%M": r"(?P<M>\d\d)",
         "%S": r"(?P<S>\d\d)", "%b": "(?P<b>" + "|".join(MONTHS) + ")"}
DEFAULT_FORMATS = {
    "date": ["%d/%m/%Y", "%Y-%m-%d"],                                      # rule-language, Tables
    "datetime": ["%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],  # settled 36
    "time": ["%H:%M", "%H:%M:%S"],
}


def one_or_list(value):
    return value if isinstance(value, list) else [value]


def keys_of(table):
    return one_or_list(table.get("primaryKey", []))


def by_format(text, form):
    """What `text` is under one format: a date, a datetime, a time, or None."""
    expression = "".join(PARTS.get(part) or re.escape(part) for part in re.findall("%.|.", form))
    match = re.fullmatch(expression, text, re.ASCII)
    if not match:
        return None
    part = match.groupdict()
    number = {key: int(text) for key, text in part.items() if key != "b" and text is not None}
    try:
        clock = time(number.get("H", 0), number.get("M", 0), number.get("S", 0))
        if "Y" not in part:
            return clock
        month = MONTHS.index(part["b"]) + 1 if part.get("b") else number["m"]
        day = date(number["Y"], month, number["d"])
    except ValueError:
        return None
    # Settled 21: what a date-only format reads is a bare date, not midnight.
    return datetime.combine(day, clock) if "H" in part else day


def number(text, field):
    decimal, group = field.get("decimalChar", "."), field.get("groupChar")
    digits = r"\d+"
    if group:
        digits = rf"(?:\d{{1,3}}(?:{re.escape(group)}\d{{3}})+|\d+)"
    match = re.fullmatch(rf"-?{digits}(?:{re.escape(decimal)}\d+)?", text, re.ASCII)
    if not match:
        return BAD  # settled 36: group characters are read only where groupChar is set
    return float((text.replace(group, "") if group else text).replace(decimal, "."))


def value_of(text, field, missing_values):
    """MISSING, BAD or the value of a cell's text."""
    kind = field.get("type", "string")
    if kind != "string":
        text = text.strip(" ")  # settled 30
    if text in missing_values:  # settled 28: exact text
        return MISSING
    if kind == "string":
        return text
    if kind == "integer":
        # Settled 27: ints are 64-bit, so a longer number is not one.
        return int(text) if re.fullmatch(r"-?\d+", text, re.ASCII) and -2**63 <= int(text) < 2**63 else BAD
    if kind == "number":
        return number(text, field)
    if kind == "boolean":
        if text in field.get("trueValues", TRUE):
            return True
        return False if text in field.get("falseValues", FALSE) else BAD
    for form in one_or_list(field.get("format", DEFAULT_FORMATS[kind])):
        found = by_format(text, form)
        if found is not None:
            return found
    return BAD


def compared(value, bound):
    """-1, 0 or 1; a date and a date-time are compared as dates (rule-language, Absent)."""
    if isinstance(value, datetime) != isinstance(bound, datetime):
        value = value.date() if isinstance(value, datetime) else value
        bound = bound.date() if isinstance(bound, datetime) else bound
    return (value > bound) - (value < bound)


def bound_of(literal, field, as_of):
    if literal == "asOf":
        return as_of
    if isinstance(literal, str):
        return by_format(literal, "%H:%M") if field["type"] == "time" else by_format(literal, "%Y-%m-%dT%H:%M")
    return literal


# An RE2 pattern, what it means, texts that match as a whole, and texts that do not. `.` is any character but a line end; \d and \w are
# ASCII only; the whole value must match (settled 28).
PATTERNS = [
    (r"[A-Z]{2}[0-9]+|x", lambda t: bool(re.fullmatch(r"[A-Z]{2}[0-9]+|x", t)), ["AB1", "x", "ZZ007"],
     ["AB", "xx", "xAB1", "AB1x", "AB1 ", "ab1"]),
    (r"\d{3}", lambda t: bool(re.fullmatch(r"[0-9]{3}", t)), ["123", "000"], ["12", "1234", "12a", "١٢٣", " 123"]),
    (r"(?i)ab+c", lambda t: bool(re.fullmatch(r"[aA][bB]+[cC]", t)), ["abc", "ABBC", "aBc"], ["ac", "abcd", "äbc"]),
    (r"[[:alpha:]]+[0-9]", lambda t: bool(re.fullmatch(r"[A-Za-z]+[0-9]", t)), ["a1", "Zz9"], ["é1", "a", "1", "a10"]),
    (r"\pL+", lambda t: bool(t) and all(unicodedata.category(c)[0] == "L" for c in t), ["abc", "éà", "Ζωή", "漢字"],
     ["a1", "a b", "e\u0301"]),
    (r"\p{Lu}.*", lambda t: bool(t) and unicodedata.category(t[0]) == "Lu" and "\n" not in t, ["Abc", "Éa", "Ωb"],
     ["abc", "éa", " A", "1"]),
    (r".{2,4}", lambda t: 2 <= len(t) <= 4, ["ab", "éé", "😀😀", "e\u0301", "abcd"], ["a", "é", "😀", "abcde"]),
    (r"\w+", lambda t: bool(re.fullmatch(r"\w+", t, re.ASCII)), ["a_1", "Z"], ["é", "a-b", "a b", "a "]),
    (r"^A.*Z$", lambda t: len(t) > 1 and t[0] == "A" and t[-1] == "Z", ["AZ", "A-Z", "AéZ"], ["A", "Z", "aZ", "AZ ", "bAZ"]),
    (r"[^0-9]*", lambda t: not re.search("[0-9]", t), ["abc", "é ü"], ["a1", "1", "x 2 y"]),
    (r"\Qa.b\E", lambda t: t == "a.b", ["a.b"], ["axb", "a.b.", "A.b"]),
    (r"a|ab|abc", lambda t: t in ("a", "ab", "abc"), ["a", "ab", "abc"], ["abcd", "b", "aab"]),
    (r"(foo|bar)+?", lambda t: bool(re.fullmatch(r"(foo|bar)+", t)), ["foo", "foobar", "barbar"], ["fo", "foob", "barfooX"]),
    (r"\S+@\S+", lambda t: bool(re.fullmatch(r"[^\t\n\f\r ]+@[^\t\n\f\r ]+", t)), ["a@b", "é@ü"], ["ab", "a @b", "a@"]),
    (r"\x{e9}t\x{e9}", lambda t: t == "été", ["été"], ["ete", "Été", "e\u0301te\u0301"]),
    (r"(?:[01]\d|2[0-3]):[0-5]\d", lambda t: bool(re.fullmatch(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", t)), ["09:30", "23:59"],
     ["24:00", "9:30", "09:30:00"]),
]
MATCHES = {pattern: holds for pattern, holds, _, _ in PATTERNS}


def broken(name, argument, value, text, field, as_of):
    """Whether a readable value breaks a constraint."""
    if name == "minimum":
        return compared(value, bound_of(argument, field, as_of)) < 0
    if name == "maximum":
        return compared(value, bound_of(argument, field, as_of)) > 0
    if name == "enum":
        return text not in argument  # settled 28: exact text
    if name == "pattern":
        return not MATCHES[argument](text)
    if name == "minLength":
        return len(text) < argument  # settled 27: lengths are in code points, as in Python
    if name == "maxLength":
        return len(text) > argument
    raise ValueError(name)
