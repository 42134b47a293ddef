import GRDB

/// The versions of the ledger's schema, in order; one that has been published never changes.
///
/// Days are numbers since 1970-01-01. A spell is a stretch of runs over which an exception was in
/// one state, from the run of its first day up to but not including the run of its last. So what
/// stays the same from run to run takes no room.
let ledgerMigrator: DatabaseMigrator = {
  var migrator = DatabaseMigrator()
  migrator.registerMigration("1") { db in
    try db.execute(
      sql: """
        CREATE TABLE name (
          id INTEGER PRIMARY KEY,
          text TEXT NOT NULL UNIQUE
        ) STRICT;

        CREATE TABLE run (
          day INTEGER PRIMARY KEY,
          version TEXT NOT NULL,
          digest TEXT NOT NULL,
          packs TEXT NOT NULL,
          parameters TEXT NOT NULL,
          trusted INTEGER NOT NULL,
          exceptions INTEGER NOT NULL,
          waived INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE input (
          day INTEGER NOT NULL REFERENCES run(day) ON DELETE CASCADE,
          name TEXT NOT NULL,
          table_name TEXT NOT NULL,
          size INTEGER NOT NULL,
          sha256 TEXT NOT NULL,
          read INTEGER NOT NULL,
          checked INTEGER NOT NULL,
          rejected INTEGER NOT NULL,
          PRIMARY KEY (day, name, table_name)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE table_run (
          day INTEGER NOT NULL REFERENCES run(day) ON DELETE CASCADE,
          name TEXT NOT NULL,
          rows INTEGER NOT NULL,
          present INTEGER NOT NULL,
          whole INTEGER NOT NULL,
          files INTEGER NOT NULL,
          fields TEXT NOT NULL,
          PRIMARY KEY (day, name)
        ) STRICT, WITHOUT ROWID;

        -- The rules that could show that something was put right: evaluated, on tables that were whole; and
        -- the day before which each leaves out what was decided.
        CREATE TABLE rule_run (
          day INTEGER NOT NULL REFERENCES run(day) ON DELETE CASCADE,
          rule INTEGER NOT NULL REFERENCES name(id),
          horizon INTEGER,
          PRIMARY KEY (day, rule)
        ) STRICT, WITHOUT ROWID;

        -- The verdict counts of each rule and team; team 0 is all of them.
        CREATE TABLE measure (
          day INTEGER NOT NULL REFERENCES run(day) ON DELETE CASCADE,
          rule INTEGER NOT NULL REFERENCES name(id),
          team INTEGER NOT NULL,
          met INTEGER NOT NULL,
          failed INTEGER NOT NULL,
          late INTEGER NOT NULL,
          overdue INTEGER NOT NULL,
          due_soon INTEGER NOT NULL,
          pending INTEGER NOT NULL,
          cannot_judge INTEGER NOT NULL,
          PRIMARY KEY (day, rule, team)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE exception (
          id INTEGER PRIMARY KEY,
          rule INTEGER NOT NULL REFERENCES name(id),
          table_name INTEGER NOT NULL REFERENCES name(id),
          record TEXT NOT NULL,
          occasion INTEGER NOT NULL,
          ordinal INTEGER NOT NULL,
          person TEXT NOT NULL,
          first_day INTEGER NOT NULL,
          UNIQUE (record, rule, table_name, occasion, ordinal)
        ) STRICT;

        CREATE TABLE spell (
          exception INTEGER NOT NULL REFERENCES exception(id) ON DELETE CASCADE,
          from_day INTEGER NOT NULL,
          until_day INTEGER,
          state INTEGER NOT NULL,
          team INTEGER NOT NULL,
          worker INTEGER NOT NULL,
          status INTEGER NOT NULL,
          list INTEGER NOT NULL,
          due_day INTEGER,
          done_day INTEGER,
          decided_day INTEGER,
          digest INTEGER NOT NULL,
          opened_day INTEGER NOT NULL,
          runs_before INTEGER NOT NULL,
          reopened INTEGER NOT NULL,
          PRIMARY KEY (exception, from_day)
        ) STRICT, WITHOUT ROWID;

        -- The spells that last, open ones alone: what a further run starts from.
        CREATE INDEX spell_open ON spell(exception) WHERE until_day IS NULL AND state < 10;
        CREATE INDEX spell_from ON spell(from_day);
        CREATE INDEX spell_until ON spell(until_day) WHERE until_day IS NOT NULL;

        -- What each run made of exceptions that were open before it and that it did not list: kept by key, since
        -- a run that is filled in before it may change which of them there are.
        CREATE TABLE settled (
          day INTEGER NOT NULL REFERENCES run(day) ON DELETE CASCADE,
          record TEXT NOT NULL,
          rule INTEGER NOT NULL REFERENCES name(id),
          table_name INTEGER NOT NULL REFERENCES name(id),
          occasion INTEGER NOT NULL,
          ordinal INTEGER NOT NULL,
          state INTEGER NOT NULL,
          PRIMARY KEY (day, record, rule, table_name, occasion, ordinal)
        ) STRICT, WITHOUT ROWID;

        -- What each run changed and left open, counted, so that the history need not go through all
        -- spells. Rule 0 is all rules together, team 0 all teams.
        CREATE TABLE tally (
          day INTEGER NOT NULL REFERENCES run(day) ON DELETE CASCADE,
          rule INTEGER NOT NULL,
          team INTEGER NOT NULL,
          opened INTEGER NOT NULL,
          reopened INTEGER NOT NULL,
          resolved INTEGER NOT NULL,
          lapsed INTEGER NOT NULL,
          moved_in INTEGER NOT NULL,
          moved_out INTEGER NOT NULL,
          listed INTEGER NOT NULL,
          waived INTEGER NOT NULL,
          unsettled INTEGER NOT NULL,
          oldest_day INTEGER,
          over_90 INTEGER NOT NULL,
          PRIMARY KEY (day, rule, team)
        ) STRICT, WITHOUT ROWID;

        -- How many days what was put right had been open; 0 as in tally.
        CREATE TABLE mended (
          day INTEGER NOT NULL REFERENCES run(day) ON DELETE CASCADE,
          rule INTEGER NOT NULL,
          team INTEGER NOT NULL,
          days INTEGER NOT NULL,
          count INTEGER NOT NULL,
          PRIMARY KEY (day, rule, team, days)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE standing (
          day INTEGER NOT NULL REFERENCES run(day) ON DELETE CASCADE,
          team INTEGER NOT NULL,
          listed INTEGER NOT NULL,
          waived INTEGER NOT NULL,
          unsettled INTEGER NOT NULL,
          PRIMARY KEY (day, team)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE waiver (
          day INTEGER NOT NULL REFERENCES run(day) ON DELETE CASCADE,
          number INTEGER NOT NULL,
          rule TEXT NOT NULL,
          table_name TEXT NOT NULL,
          record TEXT NOT NULL,
          occasion INTEGER,
          reason TEXT NOT NULL,
          agreed_by TEXT NOT NULL,
          agreed_on INTEGER NOT NULL,
          until_day INTEGER NOT NULL,
          PRIMARY KEY (day, number)
        ) STRICT, WITHOUT ROWID;
        """)
  }
  // The newest date of what happened, by which an older extract is recognised; NULL in earlier
  // runs. No rows are touched, so foreign keys need no check.
  migrator.registerMigration("2", foreignKeyChecks: .immediate) { db in
    try db.execute(sql: "ALTER TABLE table_run ADD COLUMN newest INTEGER")
  }
  // What a run that was replaced on the same day had read whole and its successor had not; and how
  // few records of a table could not be read when it was last at its best.
  migrator.registerMigration("3", foreignKeyChecks: .immediate) { db in
    try db.execute(
      sql: """
        ALTER TABLE table_run ADD COLUMN least_rejected INTEGER;

        CREATE TABLE replaced_table (
          day INTEGER NOT NULL REFERENCES run(day) ON DELETE CASCADE,
          name TEXT NOT NULL,
          rows INTEGER NOT NULL,
          files INTEGER NOT NULL,
          fields TEXT NOT NULL,
          PRIMARY KEY (day, name)
        ) STRICT, WITHOUT ROWID;
        """)
  }
  // Whether each file of a table ended in a footer; if it then lacks one, its end is cut off. Since
  // when a record could not be read is known from its own exception.
  migrator.registerMigration("4", foreignKeyChecks: .immediate) { db in
    try db.execute(
      sql: """
        ALTER TABLE table_run DROP COLUMN least_rejected;
        ALTER TABLE table_run ADD COLUMN footers INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE replaced_table ADD COLUMN footers INTEGER NOT NULL DEFAULT 0;
        """)
  }
  // The number that a child had before a run found another under its exception, so that the run can
  // be taken out again.
  migrator.registerMigration("5", foreignKeyChecks: .immediate) { db in
    try db.execute(
      sql: """
        CREATE TABLE renamed (
          exception INTEGER NOT NULL REFERENCES exception(id) ON DELETE CASCADE,
          day INTEGER NOT NULL REFERENCES run(day) ON DELETE CASCADE,
          before TEXT NOT NULL,
          PRIMARY KEY (exception, day)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX renamed_day ON renamed(day);

        -- In how many rows each field held something, as `field:rows`, counted up to ten: a column that is emptied is lost
        -- like one whose heading is.
        ALTER TABLE table_run ADD COLUMN filled TEXT NOT NULL DEFAULT '';
        ALTER TABLE replaced_table ADD COLUMN filled TEXT NOT NULL DEFAULT '';
        -- The rows that each file had of its own, as JSON (FileRows).
        ALTER TABLE table_run ADD COLUMN parts TEXT NOT NULL DEFAULT '{}';
        ALTER TABLE replaced_table ADD COLUMN parts TEXT NOT NULL DEFAULT '{}';

        -- How many exceptions became worse with a run; none in runs of before.
        ALTER TABLE tally ADD COLUMN worse INTEGER NOT NULL DEFAULT 0;
        """)
  }
  // Whether the last line of each file of a table ended: one that ends within its last cell has all
  // its cells, and may be cut off.
  migrator.registerMigration("6", foreignKeyChecks: .immediate) { db in
    try db.execute(
      sql: """
        ALTER TABLE table_run ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE replaced_table ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;
        """)
  }
  // A limit's groups have ordinals below 0. Which of what is known already are groups the next run
  // that evaluates their rule tells (`GroupKeys`): the ledger does not know which rules are limits.
  migrator.registerMigration("7", foreignKeyChecks: .immediate) { db in
    try db.execute(
      sql: """
        CREATE TABLE perhaps_group (
          exception INTEGER PRIMARY KEY REFERENCES exception(id) ON DELETE CASCADE
        ) STRICT;

        INSERT INTO perhaps_group SELECT id FROM exception WHERE person = '' AND occasion = 0;
        """)
  }
  // States 7 and 8 of `SpellState`, which earlier programs do not know.
  migrator.registerMigration("8", foreignKeyChecks: .immediate) { _ in }
  // State 9, likewise.
  migrator.registerMigration("9", foreignKeyChecks: .immediate) { _ in }
  // The sum of each file's records (`InputReport.recordSum`), by which they are known again under
  // another title or in another order; empty in earlier runs.
  migrator.registerMigration("10", foreignKeyChecks: .immediate) { db in
    try db.execute(sql: "ALTER TABLE input ADD COLUMN record_sum TEXT NOT NULL DEFAULT ''")
  }
  // Whether somebody accepted in a run what its table had lost; not known of earlier runs.
  migrator.registerMigration("11", foreignKeyChecks: .immediate) { db in
    try db.execute(sql: "ALTER TABLE table_run ADD COLUMN accepted INTEGER NOT NULL DEFAULT 0")
  }
  return migrator
}()
