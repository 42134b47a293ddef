"""The benchmark's rules in DuckDB: in_duckdb.py EXTRACTS AS-OF OUT-FILE [THREADS]

Each file is read once. While it is read, its cells are typed and checked, each fault becomes a bit, and only the fields that the rules
need are kept. Keys and references come next, then the four rules (headline_rules.sql), then one sorted list.
"""

import pathlib
import sys
import time

import duckdb

from definitions import FALSE, HERE, TRUE, calendar, tables


def text(value):
    return "'" + str(value).replace("'", "''") + "'"


def listed(values):
    return "(" + ", ".join(text(value) for value in values) + ")"


def typed(field):
    name, kind = f'"{field["name"]}"', field["type"]
    if kind == "date":
        return f"try_strptime({name}, ['%d/%m/%Y', '%Y-%m-%d'])::date"
    if kind == "datetime":
        return f"try_strptime({name}, [{', '.join(text(one) for one in field['format'])}])"
    if kind == "boolean":
        return f"case when {name} in {listed(TRUE)} then true when {name} in {listed(FALSE)} then false end"
    if kind in ("integer", "number"):
        return f"try_cast({name} as {'bigint' if kind == 'integer' else 'double'})"
    return name


def broken(field, constraint, wanted):
    cell, value = f'"{field["name"]}"', f'typed_{field["name"]}' if field["type"] != "string" else f'"{field["name"]}"'
    if constraint in ("required", "key"):
        return f"{cell} is null"
    if constraint == "type":
        return f"{cell} is not null and {value} is null"
    if constraint == "enum":
        return f"{value} not in {listed(wanted)}"
    if constraint == "pattern":
        return f"not regexp_full_match({value}, {text(wanted)})"
    sign = "<" if constraint == "minimum" else ">"
    if field["type"] in ("date", "datetime"):
        return f"{value}::date {sign} " + ("as_of()" if wanted == "asOf" else f"date {text(wanted)}")
    return f"{value} {sign} {wanted}"


def read(table, extracts):
    """The statement that reads a table and makes it of the fields that are kept and the `faults`."""
    columns = ", ".join(f"{text(field['name'])}: 'VARCHAR'" for field in table.fields)
    types = ["*"] + [f"{typed(field)} as typed_{field['name']}" for field in table.fields if field["type"] != "string"]
    bits = [f"case when {broken(*check)} then {1 << bit} else 0 end" for bit, check in enumerate(table.checks)]
    kept = []
    for field in table.fields:
        if field["name"] in table.kept:
            name = field["name"]
            kept.append(f'"{name}"' if field["type"] == "string" else f"typed_{name} as {name}")
            if field["type"] == "datetime":
                kept.append(f"contains(\"{name}\", ':') as {name}_has_time")
    return f"""
        create table {table.name} as
          select {', '.join(kept)}, ({' | '.join(bits)})::bigint as faults
          from (
            select {', '.join(types)}
            from read_csv({text(extracts / (table.name + '.csv'))}, auto_detect = false, header = true, delim = ',', quote = '"',
              escape = '"', columns = {{{columns}}}))"""


def found(table, rule, where):
    person = "person_id" if "person_id" in table.kept else "null"
    own_team = "coalesce(team, '(no team)')" if "team" in table.kept else "null"
    return f"""
        insert into exceptions(rule, status, person_id, record_id, own_team)
          select {rule}, 'failed', {person}, {table.key}, {own_team} from {table.name} {where}"""


def checks(table):
    """The exceptions that the bits show, then the repeats of keys and unique values, then references that point nowhere."""
    rules = ", ".join(f"({text(table.rule(bit))}, {1 << bit}::bigint)" for bit in range(len(table.checks)))
    yield found(table, "rule", f"join (values {rules}) rules(rule, bit) on faults & bit <> 0 where faults <> 0")
    for name, rule in [(table.key, f"{table.name}.key")] + [(name, f"{table.name}.{name}.unique") for name in table.uniques]:
        yield f"""
            create temp table {table.name}_{name}_again as
              select rowid as row from {table.name}
              where {name} in (select {name} from {table.name} where {name} is not null group by {name} having count(*) > 1)
              qualify row_number() over (partition by {name} order by rowid) > 1"""
        yield found(table, text(rule), f"where rowid in (select row from {table.name}_{name}_again)")
    for name, (parent, key) in table.references.items():
        yield found(table, text(f"{table.name}.{name}.reference"),
                    f"where {name} is not null and not exists (from {parent} parent where parent.{key} = {table.name}.{name})")


def helpers(each):
    """The statements that define `TABLE_FIELD_wrong(faults)` and `TABLE_FIELD_unreadable(faults)`."""
    for table in each.values():
        for field in table.fields:
            name = f"{table.name}_{field['name']}"
            yield f"create macro {name}_wrong(faults) as faults & {table.faults(field['name'])} <> 0"
            yield f"create macro {name}_unreadable(faults) as faults & {table.faults(field['name'], 'type')} <> 0"


def main(extracts, as_of, out, threads="2"):
    extracts = pathlib.Path(extracts)
    each = tables(extracts)
    began = time.monotonic()
    connection = duckdb.connect(config={"threads": threads})
    laps = {}

    def lap(name):
        nonlocal began
        laps[name], began = time.monotonic() - began, time.monotonic()

    connection.execute(f"create macro as_of() as date {text(as_of)}")
    connection.execute("create table exceptions(rule text, status text, person_id text, record_id text, occasion integer, "
                       "due_on text, done_on text, days_late integer, own_team text)")
    days = calendar()
    connection.execute("create table holidays as select unnest(?::date[]) as day", [[str(day) for day in days["holidays"]]])
    connection.execute("create table covers as select ?::date as first, ?::date as last",
                       [str(days["covers"]["from"]), str(days["covers"]["to"])])
    for statement in helpers(each):
        connection.execute(statement)
    lap("start")
    for table in each.values():
        connection.execute(read(table, extracts))
    lap("read, type and check cells")
    for table in each.values():
        for statement in checks(table):
            connection.execute(statement)
    lap("keys and references")
    connection.execute((HERE / "headline_rules.sql").read_text())
    lap("four rules")
    connection.execute(f"copy (from listed order by all) to {text(out)} (header)")
    lap("sort and write")
    print(", ".join(f"{name} {seconds:.2f} s" for name, seconds in laps.items()))


if __name__ == "__main__":
    main(*sys.argv[1:])
