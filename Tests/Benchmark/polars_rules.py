"""The four headline rules in polars, step by step as in headline_rules.sql, which gives the reasons."""

import datetime

import polars as pl

from definitions import calendar

NOTHING = pl.lit(None, pl.String)
UNJUDGED = pl.lit("cannot-judge")


def due_days():
    """For each day, the 20th and the 45th working day after it."""
    said = calendar()
    first, last = said["covers"]["from"], said["covers"]["to"]
    holidays, worked, through = set(said["holidays"]), [], []
    day = first - datetime.timedelta(days=1)
    while day <= last:
        if day >= first and day.weekday() < 5 and day not in holidays:
            worked.append(day)
        through.append((day, len(worked)))
        day += datetime.timedelta(days=1)

    def after(done, days):
        place = done + days - 1
        return worked[place] if place < len(worked) else None

    return pl.DataFrame({"day": [day for day, _ in through], "after_20": [after(done, 20) for _, done in through],
                         "after_45": [after(done, 45) for _, done in through]},
                        schema={"day": pl.Date, "after_20": pl.Date, "after_45": pl.Date})


def has(table, name, constraint=None, column="faults"):
    return pl.col(column) & table.faults(name, constraint) != 0


def unless(condition, status=UNJUDGED):
    return pl.when(condition).then(NOTHING).otherwise(status)


def row(rule, record, due="due", done="done", days=None, occasion=None):
    """The columns of an exception; one that cannot be judged has no dates."""
    dated = pl.col("status") != "cannot-judge"

    def text(name):
        return pl.when(dated).then(pl.col(name).cast(pl.String))

    return [pl.lit(rule).alias("rule"), "status", "person_id", pl.col(record).alias("record_id"),
            (pl.lit(None, pl.Int32) if occasion is None else pl.col(occasion)).alias("occasion"),
            text(due).alias("due_on"), text(done).alias("done_on"), pl.when(dated).then(days).alias("days_late")]


def lateness(done, due):
    return (done - due).dt.total_days()


def assessments(table, frame, days, as_of, look_back):
    done, due, start = pl.col("done"), pl.col("due"), pl.col("started_on")
    status = (pl.when(has(table, "authorised_on", "type")).then(NOTHING)
              .when(due.is_null()).then(unless(has(table, "started_on")))
              .when(done < start).then(unless(has(table, "authorised_on")))
              .when((done > due) & (done >= look_back)).then(pl.lit("late"))
              .when(done.is_null() & (due < as_of)).then(pl.lit("overdue")))
    return (frame.lazy().join(days.lazy().select("day", due="after_45"), left_on="started_on", right_on="day", how="left")
            .with_columns(done=pl.when(pl.col("authorised_on") <= as_of).then("authorised_on"))
            .with_columns(status=status).filter(pl.col("status").is_not_null())
            .select(row("assessment-45-days", "assessment_id", days=lateness(done.fill_null(as_of), due))))


def permanence(table, frames, days, as_of):
    held = (frames["looked_after_reviews"].lazy().filter(pl.col("held_on").is_not_null() & ~pl.col("cancelled").fill_null(False))
            .group_by("period_id").agg(held=pl.col("held_on").unique().sort()))
    agreed = frames["permanence_plans"].lazy().group_by("period_id").agg(agreed=pl.col("agreed_on").min())
    done, due = pl.col("done"), pl.col("due")
    status = (pl.when(has(table, "ended_on", "type") | (pl.col("ended_on") <= due)).then(NOTHING)
              .when(due.is_null()).then(unless(has(table, "started_on")))
              .when(done > due).then(pl.lit("late"))
              .when(done.is_null() & (due < as_of)).then(pl.lit("overdue")))
    first, second = (pl.col("held").list.get(place, null_on_oob=True) for place in (0, 1))
    return (frames["care_periods"].lazy().filter(~pl.col("legal_status").is_in(["V3", "V4"]))
            .join(held, on="period_id", how="left").join(agreed, on="period_id", how="left")
            .join(days.lazy().select("day", "after_20"), left_on="started_on", right_on="day", how="left")
            .with_columns(due=pl.coalesce(second, first.dt.offset_by("3mo"), pl.col("after_20").dt.offset_by("3mo")),
                          done=pl.when(pl.col("agreed") <= as_of).then("agreed"))
            .with_columns(status=status).filter(pl.col("status").is_not_null())
            .select(row("permanence-plan-second-review", "period_id", days=lateness(done.fill_null(as_of), due))))


def interviews(table, people_table, frame, people, as_of, look_back):
    """Return interviews: 72 hours on London's clock, or the end of the third day where either end has no time."""
    back, seen, done, due, born = (pl.col(name) for name in ("returned_at", "interviewed_at", "done", "due", "date_of_birth"))
    three_days = datetime.timedelta(hours=72)

    def instant(moment):
        return moment.dt.replace_time_zone("Europe/London", ambiguous="earliest", non_existent="null").fill_null(
            (moment + datetime.timedelta(hours=1)).dt.replace_time_zone("Europe/London", ambiguous="earliest", non_existent="null"))

    def month_day(day):
        return day.dt.month().cast(pl.Int32) * 100 + day.dt.day()

    clock = pl.col("by_the_clock")
    age = back.dt.year() - born.dt.year() - (month_day(back) < month_day(born)).cast(pl.Int32)
    early = pl.when(clock).then(instant(done) < instant(back)).otherwise(done.dt.date() < back.dt.date())
    met = pl.when(clock).then(instant(done) <= instant(back) + three_days).otherwise(done.dt.date() <= due.dt.date())
    status = (pl.when((pl.col("age") >= 18).fill_null(False) | pl.col("person_faults").is_null()).then(NOTHING)
              .when(born.is_null()).then(unless(has(people_table, "date_of_birth", column="person_faults")))
              .when(back.is_null() | has(table, "interviewed_at", "type")).then(NOTHING)
              .when(early).then(unless(has(table, "interviewed_at")))
              .when(met).then(NOTHING)
              .when(done.is_not_null()).then(pl.when(done.dt.date() >= look_back).then(pl.lit("late")))
              .when(due.dt.date() < as_of).then(pl.lit("overdue")))

    def written(moment, has_time):
        return pl.when(has_time).then(moment.dt.strftime("%Y-%m-%dT%H:%M")).otherwise(moment.dt.strftime("%Y-%m-%d"))

    late = lateness(done.dt.date().fill_null(as_of), due.dt.date())
    return (frame.lazy()
            .filter((back.is_not_null() | has(table, "returned_at", "type"))
                    & (pl.col("interview_accepted").fill_null(True) | ~pl.col("interview_offered").fill_null(True)))
            .join(people.lazy().select("person_id", "date_of_birth", person_faults="faults"), on="person_id", how="left")
            .with_columns(age=age, done=pl.when(seen.dt.date() <= as_of).then(seen),
                          by_the_clock=pl.col("returned_at_has_time") & (seen.is_null() | pl.col("interviewed_at_has_time")))
            .with_columns(due=pl.when(clock).then((instant(back) + three_days).dt.replace_time_zone(None))
                          .otherwise(back.dt.truncate("1d") + datetime.timedelta(days=3)))
            .with_columns(status=status).filter(pl.col("status").is_not_null())
            .with_columns(due_text=written(due, clock), done_text=written(done, pl.col("interviewed_at_has_time")))
            .select(row("return-interview-72-hours", "episode_id", "due_text", "done_text", late)))


def visits(table, frames, people, days, as_of, look_back):
    ends, due, done = pl.col("ended_on"), pl.col("due"), pl.col("done")
    backwards = ((ends < pl.col("started_on")) & (ends <= as_of)).fill_null(False)
    plans = (frames["cin_plans"].lazy().filter(pl.col("started_on").is_not_null() & ~has(table, "ended_on", "type"))
             .join(people.lazy().select("person_id"), on="person_id", how="semi").with_columns(backwards=backwards, plan="row"))
    open_plans = plans.filter(~pl.col("backwards"))
    seen = (frames["visits"].lazy()
            .filter(pl.col("seen") & pl.col("visit_type").is_in(["CIN", "CP", "CLA"]) & (pl.col("visited_on") <= as_of))
            .select("person_id", day="visited_on")
            .join(open_plans.select("plan", "person_id", "started_on", "ended_on"), on="person_id")
            .filter((pl.col("day") >= pl.col("started_on")) & (pl.col("day") <= ends.fill_null(as_of)))
            .select("plan", "day", is_visit=True).unique())
    occasions = (pl.concat([open_plans.select("plan", day="started_on", is_visit=False), seen]).sort("plan", "day", "is_visit")
                 .with_columns(occasion=pl.int_range(1, pl.len() + 1).over("plan"), done=pl.col("day").shift(-1).over("plan")))
    over = (ends <= as_of).fill_null(False)
    status = (pl.when(due.is_null()).then(unless(has(table, "started_on")))
              .when(done > due).then(pl.when(done >= look_back).then(pl.lit("late")))
              .when(over).then(pl.when((due < ends) & (ends >= look_back)).then(pl.lit("late")))
              .otherwise(pl.lit("overdue")))
    late = lateness(pl.coalesce(done, pl.when(over).then(ends).otherwise(as_of)), due)
    judged = (occasions.join(days.lazy().select("day", due="after_20"), on="day", how="left")
              .filter(due.is_null() | (done > due) | (done.is_null() & (due < as_of)))
              .join(plans.select("plan", "plan_id", "person_id", "ended_on", "faults"), on="plan")
              .with_columns(status=status).filter(pl.col("status").is_not_null())
              .select(row("cin-visits", "plan_id", days=late, occasion="occasion")))
    unjudged = (plans.filter(pl.col("backwards") & ~has(table, "ended_on"))
                .select(rule=pl.lit("cin-visits"), status=UNJUDGED, person_id="person_id", record_id="plan_id"))
    return [judged, unjudged]


def judged(each, frames, people, as_of):
    days = due_days()
    look_back = pl.select(pl.lit(as_of).dt.offset_by("-12mo")).item()
    return pl.collect_all([
        assessments(each["assessments"], frames["assessments"], days, as_of, look_back),
        permanence(each["care_periods"], frames, days, as_of),
        interviews(each["missing_episodes"], each["people"], frames["missing_episodes"], people, as_of, look_back),
        *visits(each["cin_plans"], frames, people, days, as_of, look_back),
    ])
