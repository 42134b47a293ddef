"""The benchmark's rules in polars: in_polars.py EXTRACTS AS-OF OUT-FILE

The same steps as in_duckdb.py, as expressions over columns: read, type and check, keep what the rules need, judge (polars_rules.py), sort.
"""

import datetime
import pathlib
import sys
import time

import polars as pl

import polars_rules
from definitions import FALSE, TRUE, tables

COLUMNS = {"rule": pl.String, "status": pl.String, "person_id": pl.String, "record_id": pl.String, "occasion": pl.Int32,
           "due_on": pl.String, "done_on": pl.String, "days_late": pl.Int32, "own_team": pl.String}


def typed(field):
    cell, kind = pl.col(field["name"]), field["type"]
    if kind == "date":
        british, iso = (cell.str.to_date(form, strict=False) for form in ("%d/%m/%Y", "%Y-%m-%d"))
        return pl.coalesce(british, iso)
    if kind == "datetime":
        dates = cell.str.to_date("%d/%m/%Y", strict=False).cast(pl.Datetime("us"))
        return pl.coalesce(cell.str.to_datetime("%d/%m/%Y %H:%M", strict=False, time_unit="us"), dates)
    if kind == "boolean":
        return pl.when(cell.is_in(TRUE)).then(True).when(cell.is_in(FALSE)).then(False)
    if kind in ("integer", "number"):
        return cell.cast(pl.Int64 if kind == "integer" else pl.Float64, strict=False)
    return cell


def broken(field, constraint, wanted, as_of):
    cell = pl.col(field["name"])
    value = cell if field["type"] == "string" else pl.col(f"typed_{field['name']}")
    if constraint in ("required", "key"):
        return cell.is_null()
    if constraint == "type":
        return cell.is_not_null() & value.is_null()
    if constraint == "enum":
        return ~value.is_in(wanted)
    if constraint == "pattern":
        return ~value.str.contains(f"^(?:{wanted})$")
    bound = as_of if wanted == "asOf" else wanted
    value = value.dt.date() if field["type"] == "datetime" else value
    return value < bound if constraint == "minimum" else value > bound


def read(table, extracts, as_of):
    """The fields of a table that are kept, its `faults` and the row's number, read lazily."""
    bits = [pl.when(broken(*check, as_of)).then(pl.lit(1 << bit, pl.Int64)).otherwise(pl.lit(0, pl.Int64))
            for bit, check in enumerate(table.checks)]
    faults = bits[0]
    for bit in bits[1:]:
        faults = faults | bit
    kept = []
    for field in table.fields:
        name = field["name"]
        if name in table.kept:
            kept.append(pl.col(name if field["type"] == "string" else f"typed_{name}").alias(name))
            if field["type"] == "datetime":
                kept.append(pl.col(name).str.contains(":", literal=True).alias(f"{name}_has_time"))
    headings = {field["headings"][0]: field["name"] for field in table.fields}
    schema = dict.fromkeys(headings, pl.String)
    return (pl.scan_csv(extracts / f"{table.name}.csv", schema=schema, row_index_name="row")
            .rename(headings)
            .with_columns(typed(field).alias(f"typed_{field['name']}") for field in table.fields if field["type"] != "string")
            .select("row", *kept, faults.alias("faults")))


def failed(table, rows, rule):
    person = pl.col("person_id") if "person_id" in table.kept else pl.lit(None, pl.String)
    own_team = pl.col("team").fill_null("(no team)") if "team" in table.kept else pl.lit(None, pl.String)
    return rows.select(rule=rule if isinstance(rule, pl.Expr) else pl.lit(rule), status=pl.lit("failed"), person_id=person,
                       record_id=pl.col(table.key), own_team=own_team)


def again(frame, name):
    """The rows that repeat a value of an earlier row."""
    repeated = frame.filter(pl.col(name).is_not_null() & pl.col(name).is_duplicated())
    return repeated.sort("row").filter(~pl.col(name).is_first_distinct())


def checks(table, frame, frames):
    wrong = frame.filter(pl.col("faults") != 0)
    for bit in range(len(table.checks)):
        yield failed(table, wrong.filter(pl.col("faults") & (1 << bit) != 0), table.rule(bit))
    for name, rule in [(table.key, f"{table.name}.key")] + [(name, f"{table.name}.{name}.unique") for name in table.uniques]:
        yield failed(table, again(frame, name), rule)
    for name, (parent, key) in table.references.items():
        dangling = frame.filter(pl.col(name).is_not_null()).join(frames[parent], left_on=name, right_on=key, how="anti")
        yield failed(table, dangling, f"{table.name}.{name}.reference")


def main(extracts, as_of, out):
    extracts, as_of = pathlib.Path(extracts), datetime.date.fromisoformat(as_of)
    each = tables(extracts)
    began, laps = time.monotonic(), {}

    def lap(name):
        nonlocal began
        laps[name], began = time.monotonic() - began, time.monotonic()

    frames = dict(zip(each, pl.collect_all([read(table, extracts, as_of) for table in each.values()], engine="streaming")))
    lap("read, type and check cells")
    found = [one for table in each.values() for one in checks(table, frames[table.name], frames)]
    lap("keys and references")
    people = frames["people"].filter(pl.col("person_id").is_first_distinct())
    found += polars_rules.judged(each, frames, people, as_of)
    lap("four rules")
    wide = []
    for rows in found:
        if rows.height:
            wide.append(rows.select(pl.col(name).cast(kind) if name in rows.columns else pl.lit(None, kind).alias(name)
                                    for name, kind in COLUMNS.items()))
    listed = (pl.concat(wide or [pl.DataFrame(schema=COLUMNS)])
              .join(people.select("person_id", "team"), on="person_id", how="left", maintain_order="none")
              .with_columns(team=pl.coalesce("own_team", "team", pl.lit("(no team)"))))
    order = ["rule", "status", "team", "person_id", "record_id", "occasion", "due_on", "done_on", "days_late"]
    listed.select(order).sort(order).write_csv(out)
    lap("sort and write")
    print(", ".join(f"{name} {seconds:.2f} s" for name, seconds in laps.items()))


if __name__ == "__main__":
    main(*sys.argv[1:])
