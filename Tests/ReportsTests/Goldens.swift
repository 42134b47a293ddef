// What people and scripts read of `figuresReport()`. Others rely on it, so a change here is a
// change of the contract.

let terminalGolden = """
  casecheck 1.2.3, as of 2016-03-31

  Inputs: 1 file, 4 records read = 3 checked + 1 rejected
    file        table   read  checked  rejected
    visits.csv  visits     4        3         1  not trusted

  Not trusted: 1 fault
    visits.csv:6: the file ends within quotes. Export it again.

  Judged nothing: 1 rule (1 found nothing to judge)
    no file was read as plans: idle

  Rules with exceptions: 2
    rule        exceptions  percent  target  rag
    seen                 1     66.7      90  amber
    visits.row           1        -       -  -

  Teams: 3 teams, 2 not at zero, 1 not known: not every input could be trusted
    team       correction  drift  standing
    (no team)           1      0  not at zero
    East                1      0  not at zero
    alpha               0      0  not known

  Remarks
    the calendar ends in 2016
    visits.csv: one heading is in no field

  2 exceptions: 2 failed; 1 error, 1 warning; not every input could be trusted
    all exceptions: out/exceptions.csv
    by team: out/teams
    figures: out/measures.csv

  """

let figuresGolden = """
  {
    "asOf": "2016-03-31",
    "trusted": false,
    "totals": {
      "exceptions": 2,
      "byStatus": {
        "failed": 2,
        "overdue": 0,
        "late": 0,
        "cannot-judge": 0
      },
      "byList": {
        "correction": 2,
        "drift": 0,
        "waived": 0
      },
      "bySeverity": {
        "error": 1,
        "warning": 1
      }
    },
    "reconciliation": {
      "read": 4,
      "checked": 3,
      "rejected": 1
    },
    "inputs": [
      {
        "name": "visits.csv",
        "table": "visits",
        "trusted": false,
        "rowsRead": 4,
        "rowsChecked": 3,
        "rowsRejected": 1,
        "unknownHeadings": [
          "Note"
        ],
        "passedOver": [
          "line 6"
        ],
        "remarks": [
          "one heading is in no field"
        ],
        "faults": [
          {
            "kind": "truncated",
            "table": "visits",
            "file": "visits.csv",
            "line": 6,
            "field": null,
            "message": "the file ends within quotes. Export it again."
          }
        ]
      }
    ],
    "faults": [],
    "tables": [
      {
        "name": "visits",
        "title": "Visits",
        "rows": 3,
        "present": true,
        "whole": false
      }
    ],
    "byRule": [
      {
        "rule": "idle",
        "pack": "",
        "judged": 0,
        "met": 0,
        "failed": 0,
        "late": 0,
        "overdue": 0,
        "dueSoon": 0,
        "pending": 0,
        "cannotJudge": 0,
        "percent": null,
        "target": null,
        "rag": null,
        "exceptions": 0
      },
      {
        "rule": "seen",
        "pack": "statutory",
        "judged": 3,
        "met": 2,
        "failed": 1,
        "late": 0,
        "overdue": 0,
        "dueSoon": 0,
        "pending": 0,
        "cannotJudge": 1,
        "percent": 66.7,
        "target": 90,
        "rag": "amber",
        "exceptions": 1
      },
      {
        "rule": "visits.row",
        "pack": "",
        "judged": 0,
        "met": 0,
        "failed": 0,
        "late": 0,
        "overdue": 0,
        "dueSoon": 0,
        "pending": 0,
        "cannotJudge": 0,
        "percent": null,
        "target": null,
        "rag": null,
        "exceptions": 1
      }
    ],
    "byTeam": [
      {
        "team": "(no team)",
        "slug": "no-team",
        "exceptions": 1,
        "correction": 1,
        "drift": 0,
        "waived": 0,
        "errors": 0,
        "warnings": 1,
        "standing": "not at zero",
        "standingInWords": "not at zero",
        "rulesNotEvaluated": 0,
        "exceptionsWithoutTeam": 0,
        "atZeroSince": null,
        "oldestOpenSince": null,
        "notJudgedNow": 0
      },
      {
        "team": "East",
        "slug": "east-54f08e70",
        "exceptions": 1,
        "correction": 1,
        "drift": 0,
        "waived": 0,
        "errors": 1,
        "warnings": 0,
        "standing": "not at zero",
        "standingInWords": "not at zero",
        "rulesNotEvaluated": 0,
        "exceptionsWithoutTeam": 1,
        "atZeroSince": null,
        "oldestOpenSince": null,
        "notJudgedNow": 0
      },
      {
        "team": "alpha",
        "slug": "alpha",
        "exceptions": 0,
        "correction": 0,
        "drift": 0,
        "waived": 0,
        "errors": 0,
        "warnings": 0,
        "standing": "not known",
        "standingInWords": "not known",
        "rulesNotEvaluated": 0,
        "exceptionsWithoutTeam": 1,
        "atZeroSince": null,
        "oldestOpenSince": null,
        "notJudgedNow": 0
      }
    ],
    "judgedNothing": [
      {
        "rule": "idle",
        "why": "no file was read as plans"
      }
    ],
    "remarks": [
      "the calendar ends in 2016"
    ],
    "waivers": null,
    "ledger": null
  }

  """
