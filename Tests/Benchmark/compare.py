"""Whether two programs list the same exceptions: each row of one is in the other, and as often.

The comparison is done in DuckDB, since a list may not fit in a Python program's memory.
"""

import duckdb

COLUMNS = "rule, status, team, person_id, record_id, occasion, due_on, done_on, days_late"


class Lists:
    def __init__(self, ours):
        self.connection = duckdb.connect()
        self.load("ours", ours)

    def load(self, name, path):
        self.connection.execute(f"create or replace table {name} as select {COLUMNS} from read_csv(?, header = true, all_varchar = true)",
                                [str(path)])

    def by_rule(self):
        return dict(self.connection.execute("select rule, count(*) from ours group by rule").fetchall())

    def differences(self, theirs):
        """What only one of the two lists has, by rule, with an example of each; empty where they agree."""
        self.load("theirs", theirs)
        said = []
        for title, one, other in (("casecheck alone", "ours", "theirs"), ("the other alone", "theirs", "ours")):
            rows = self.connection.execute(f"""
                select rule, count(*), min(row({COLUMNS})::text) from (from {one} except all from {other}) group by rule order by rule""")
            said += [f"{title}: {times} of {rule}, as {example}" for rule, times, example in rows.fetchall()]
        return said
