-- The headline rules in SQL (DuckDB), written from what they say and from the law they name, not from how casecheck does it.
--
-- Wants the variable as_of, the table holidays(day), the table covers(first, last) and the extracts as tables of text: people,
-- assessments, missing_episodes, care_periods, looked_after_reviews, permanence_plans, placements, cin_plans, cp_plans, visits. Makes the
-- table verdicts(rule, record, team, occasion, status, due_on, done_on, days_late), a row for each record or occasion that a rule judges.

create macro as_of() as getvariable('as_of')::date;
create macro given(cell) as coalesce(trim(cell), '') not in ('', 'NULL');
create macro as_day(cell) as try_strptime(trim(cell), ['%d/%m/%Y', '%Y-%m-%d'])::date;
create macro as_flag(cell) as case when cell in ('Y', 'Yes', 'true') then true when cell in ('N', 'No', 'false') then false end;
-- Of age from the eighteenth birthday on, if that has come; of whoever was born on 29 February, 1 March. One of before the start of what it ends is
-- a slip of the keyboard.
create macro eighteenth(born) as (born + interval 18 year)::date + (strftime(born, '%m%d') = '0229')::integer;
create macro of_age(born, since) as case when eighteenth(born) <= as_of() and eighteenth(born) >= since then eighteenth(born) end;
create macro team_of(person) as coalesce((select max(nullif(p.team, '')) from people p where p.person_id = person), '(no team)');

-- Working days: neither Saturday nor Sunday nor bank holiday. Each has a number; each day knows how many there were through it, and a
-- day that the calendar does not cover has none. The day before the first is known too: nothing that it looks at is outside.
create table worked as
  select day, row_number() over (order by day) as number
  from (select unnest(generate_series(first, last, interval 1 day))::date as day from covers)
  where isodow(day) <= 5 and day not in (select day from holidays);
create table calendar as
  select day, (select count(*) from worked w where w.day <= d.day) as through
  from (select unnest(generate_series(first - 1, last, interval 1 day))::date as day from covers) d;
create macro working_day_after(start, n) as
  (select w.day from worked w, calendar c where c.day = start and w.number = c.through + n);
create macro working_day_before(start, n) as
  (select w.day from worked w, calendar c where c.day = start - 1 and w.number = c.through - n + 1);

create table verdicts(
  rule text, record text, team text, occasion integer, status text, due_on text, done_on text, days_late integer);

-- A deadline by the day: met on or before the day that is due, late after it, and while it is not done overdue from the day after it,
-- due soon from some days before it. What lies after the as-of date has not been done. Where the day from which it is due soon lies outside
-- the calendar, nobody can say whether it is.
create macro verdict_of(asked) as table
  select rule, record, team, null::integer as occasion,
    case
      when not applies then null
      when applies is null or start is null or due is null or is_unreadable or done < start then 'cannot-judge'
      when done <= due then 'met'
      when done > due then 'late'
      when as_of() > due then 'overdue'
      when soon is null then 'cannot-judge'
      when as_of() >= soon then 'due-soon'
      else 'pending'
    end as status,
    due, done, coalesce(done, as_of()) - due as days
  from query_table(asked);

-- Single assessments: 45 working days from the start to the authorisation by Working Together, 20 in Torbay for type SA. Nothing falls due on
-- or after the day of the child's death, and of a death of a year ago nobody asks any more.
create table assessments_asked as
  with dates as (
    select a.*, as_day(a.started_on) as start, as_day(a.authorised_on) as authorised,
      given(a.authorised_on) and authorised is null as is_unreadable, case when authorised <= as_of() then authorised end as done,
      case when as_day(p.date_of_death) >= as_day(a.started_on) and as_day(p.date_of_death) <= as_of() then as_day(p.date_of_death) end as died
    from assessments a left join people p on p.person_id = a.person_id),
  limited as (
    select 'assessment-45-days' as rule, true as applies, 45 as days, * from dates
    union all
    select 'assessment-20-days', case when given(assessment_type) then assessment_type = 'SA' end, 20, * from dates),
  due as (select *, working_day_after(start, days) as due from limited)
  select rule, assessment_id as record, team_of(person_id) as team,
    applies and (died is null or due is null or died > greatest(due, as_of() - interval 12 month)) as applies, start, due,
    working_day_before(due, 5) as soon,
    is_unreadable, done
  from due;

-- A permanence plan by the second review: the day on which it was held; else three months after the first was, else three months after
-- the day by which the first had to be, twenty working days from the start of care (regulation 33). Short breaks are left out, and
-- periods that end by that day, or ended a year ago; the child's death ends them, too, and the eighteenth birthday. Of an end before the start nobody can say anything.
-- A review of before the start is none of the period.
create table permanence_asked as
  with reviews as (
    select distinct period_id, as_day(held_on) as held from looked_after_reviews left join care_periods using (period_id)
    where as_day(held_on) is not null and (not given(cancelled) or as_flag(cancelled) = false)
      and (as_day(held_on) < as_day(started_on)) is not true),
  numbered as (select *, row_number() over (partition by period_id order by held) as number from reviews),
  -- Of a review up to the second nobody can read whether it was cancelled, or of one that was not cancelled on which day it was: then nobody
  -- knows from when to count.
  unknown as (
    select distinct r.period_id
    from looked_after_reviews r left join numbered n on n.period_id = r.period_id and n.number = 2 left join care_periods p on p.period_id = r.period_id
    where (as_day(r.held_on) < as_day(p.started_on)) is not true and (given(r.cancelled) and as_flag(r.cancelled) is null and as_day(r.held_on) is not null
        and (as_day(r.held_on) > n.held) is not true
      or given(r.held_on) and as_day(r.held_on) is null and as_flag(r.cancelled) is distinct from true)),
  agreed as (select period_id, min(as_day(agreed_on)) as agreed from permanence_plans group by period_id),
  periods as (
    select c.*, case when coalesce(as_day(c.ended_on) >= as_day(c.started_on), true) then as_day(c.ended_on) end as ended, a.agreed,
      least(case when as_day(h.date_of_death) >= as_day(c.started_on) and as_day(h.date_of_death) <= as_of() then as_day(h.date_of_death) end,
        of_age(as_day(h.date_of_birth), as_day(c.started_on))) as died,
      case when given(legal_status) then legal_status in ('V3', 'V4') end as short_breaks,
      case when period_id not in (select period_id from unknown where period_id is not null) then coalesce(
        (select held from numbered n where n.period_id = c.period_id and number = 2),
        ((select held from numbered n where n.period_id = c.period_id and number = 1) + interval 3 month)::date,
        (working_day_after(as_day(c.started_on), 20) + interval 3 month)::date) end as due
    from care_periods c left join agreed a using (period_id) left join people h on h.person_id = c.person_id)
  select 'permanence-plan-second-review' as rule, period_id as record, team_of(person_id) as team,
    not short_breaks and (not given(ended_on) or ended > as_of() - interval 12 month and ended > due)
      and (died is null or due is null or died > greatest(due, as_of() - interval 12 month)) as applies,
    '0001-01-01'::date as start, due, working_day_before(due, 20) as soon, false as is_unreadable,
    case when agreed <= as_of() then agreed end as done
  from periods;

insert into verdicts
  select rule, record, team, occasion, status, due::text, done::text, days
  from (from verdict_of('assessments_asked') union all from verdict_of('permanence_asked'))
  where status is not null
    and (rule = 'permanence-plan-second-review' or status not in ('met', 'late') or done >= as_of() - interval 12 month);

-- Return home interviews: 72 hours by the clock of London from the child's return. Summer time begins on the last Sunday of March, when
-- 01:00 is 02:00 (what is skipped counts as an hour later), and ends on the last of October (what comes twice counts as the first).
-- Where either end is a date without a time, the end of the third day.
create macro last_sunday(year, month) as (last_day(make_date(year, month, 1)) - (isodow(last_day(make_date(year, month, 1))) % 7)::integer);
create macro summer_begins(moment) as (last_sunday(year(moment), 3) + interval 2 hour);
create macro summer_ends(moment) as (last_sunday(year(moment), 10) + interval 2 hour);
create macro greenwich(moment) as
  moment - case when moment >= summer_begins(moment) and moment < summer_ends(moment) then interval 1 hour else interval 0 hour end;
create macro london(moment) as
  moment + case when moment >= summer_begins(moment) - interval 1 hour and moment < summer_ends(moment) - interval 1 hour
    then interval 1 hour else interval 0 hour end;
create macro as_moment(cell) as
  date_trunc('minute', try_strptime(trim(cell), ['%d/%m/%Y %H:%M', '%Y-%m-%dT%H:%M', '%d/%m/%Y', '%Y-%m-%d']));
create macro age_on(born, day) as year(day) - year(born) - (strftime(day, '%m%d') < strftime(born, '%m%d'))::integer;
create macro has_time(cell) as contains(cell, ':');

insert into verdicts
  with episodes as (
    select e.*, as_moment(interviewed_at) as seen,
      -- A return on a day before the child went missing is none.
      case when as_moment(returned_at)::date < as_moment(went_missing_at)::date then null else as_moment(returned_at) end as back, as_day(p.date_of_birth) as born,
      as_flag(interview_offered) as offered, as_flag(interview_accepted) as accepted,
      case when as_day(p.date_of_death) >= as_moment(went_missing_at)::date and as_day(p.date_of_death) <= as_of()
        then as_day(p.date_of_death) end as died
    from missing_episodes e left join people p using (person_id)),
  -- A child on coming back; of who has come of age since it is asked for a year.
  aged as (
    select *, age_on(born, back) < 18 and (age_on(born, as_of()) < 18 or back::date > as_of() - interval 12 month) as is_child,
      -- Nobody can interview a child who went missing again before the interview was due, and is still away.
      exists(
        select 1 from missing_episodes m
        where m.person_id = e.person_id and m.episode_id <> e.episode_id and as_moment(m.went_missing_at)::date <= as_of()
          and case when has_time(m.went_missing_at) and has_time(e.returned_at) then as_moment(m.went_missing_at) >= back
            else as_moment(m.went_missing_at)::date >= back::date end
          and case when has_time(m.went_missing_at) and has_time(e.returned_at)
            then greenwich(as_moment(m.went_missing_at)) <= greenwich(back) + interval 72 hour else as_moment(m.went_missing_at)::date <= back::date + 3 end
          and (not given(m.returned_at) or as_moment(m.returned_at)::date > as_of())) as is_away_again
    from episodes e),
  asked as (
    select *, given(returned_at)
      -- Declined, unless it was not offered, or was held all the same.
      and (coalesce(accepted, true) or case when given(interview_offered) then not offered else false end
        or case when given(interviewed_at) then seen::date <= as_of() else false end)
      and is_child and not (seen is null and not given(interviewed_at) and is_away_again)
      -- Nor one who died by the day on which it was due, or a year ago.
      and (died is null or back is null or died > greatest(back::date + 3, as_of() - interval 12 month)) as applies,
      case when seen::date <= as_of() then seen end as done,
      has_time(returned_at) and (seen is null or has_time(interviewed_at)) as by_the_clock
    from aged),
  dated as (
    select *, case when by_the_clock then london(greenwich(back) + interval 72 hour) else back::date + interval 3 day end as due
    from asked),
  ruled as (
    select 'return-interview-72-hours' as rule, episode_id, team_of(person_id) as team,
      case
        when not applies then null
        when applies is null or back is null or (given(interviewed_at) and seen is null) then 'cannot-judge'
        when by_the_clock and greenwich(done) < greenwich(back) or not by_the_clock and done::date < back::date then 'cannot-judge'
        when by_the_clock and greenwich(done) <= greenwich(back) + interval 72 hour then 'met'
        when not by_the_clock and done::date <= due::date then 'met'
        when done is not null then 'late'
        when as_of() > due::date then 'overdue'
        when as_of() >= due::date - 1 then 'due-soon'
        else 'pending'
      end as status,
      case when by_the_clock then strftime(due, '%Y-%m-%dT%H:%M') else due::date::text end as due_on,
      case when has_time(interviewed_at) then strftime(done, '%Y-%m-%dT%H:%M') else done::date::text end as done_on,
      coalesce(done::date, as_of()) - due::date as days, done
    from dated)
  select rule, episode_id, team, null, status, due_on, done_on, days
  from ruled
  where status is not null and (status not in ('met', 'late') or done::date >= as_of() - interval 12 month);

-- Visits. Each duty has a start, an end or none, and visits that count; the first is due some time after the start, each next one some
-- time after the last. Visits before the start or after the end or the as-of date do not count, and several on one day are one.
create macro is_unborn(expected, born, died, ended) as
  as_day(expected) is not null and not given(born)
  -- Who died without a birth was never born. An end on a day to come has not come.
  and (given(died) or case when given(ended) and as_day(ended) is null then null else given(ended) and as_day(ended) <= as_of() end or as_day(expected) + 21 >= as_of());
create macro visited_from(started, expected, born) as
  case when as_day(started) is not null then greatest(as_day(started), as_day(case when given(born) then born else expected end)) end;
-- An end, or the child's death: what lies before the start, or a death before the birth, is a slip of the keyboard and ends nothing.
create macro after(day, start) as case when day >= start then day end;
create macro plan_ends(ended, died, started, born) as
  least(as_day(ended), case when coalesce(as_day(died) >= as_day(born), true) then after(as_day(died), as_day(started)) end);
-- Nothing is owed of a plan that ended before the birth; of one that ends before it starts, or on a day that nobody can read, nobody can say.
create macro plan_applies(expected, born, died, started, ended) as
  not is_unborn(expected, born, died, ended)
  and (not given(ended) or coalesce(after(as_day(ended), as_day(started)) >= as_day(born), true))
  and (not given(ended) or case when as_day(ended) >= as_day(started) then true end);
create table placed as
  with days as (
    select l.*, as_day(l.started_on) as start, coalesce(as_flag(temporary_approval), false) as is_temporary, as_day(carer_approved_on) as approved,
      least(as_day(l.ended_on), after(as_day(c.ended_on), as_day(l.started_on)), after(as_day(p.date_of_death), as_day(l.started_on)),
        case when of_age(as_day(p.date_of_birth), as_day(c.started_on)) is not null then greatest(eighteenth(as_day(p.date_of_birth)), as_day(l.started_on)) end,
        of_age(as_day(p.date_of_birth), as_day(l.started_on)),
        (as_day(l.started_on) + interval 1 year)::date) as ends
    from placements l left join care_periods c using (period_id) left join people p on p.person_id = l.person_id),
  approvals as (select *, case when is_temporary and approved <= as_of() and approved > start then approved end as approved_on from days)
  select *,
    (select max(as_day(visited_on)) from visits v
     where v.person_id = a.person_id and v.visit_type = 'CLA' and as_flag(v.seen) and as_day(visited_on) between a.start and a.approved_on
       and a.approved_on > a.start + 7) as seen_before,
    -- Whether the child still lives there, and nobody has seen it since the approval.
    coalesce(a.approved_on > a.start + 7 and a.ends > as_of(), false) and not exists (
      select 1 from visits v
      where v.person_id = a.person_id and v.visit_type = 'CLA' and as_flag(v.seen) and as_day(v.visited_on) > a.approved_on
        and as_day(v.visited_on) <= as_of()) as is_unseen
  from approvals a;
-- A plan that a case system closed and opened again under another number, at once or on the next working day, is one plan: the visits go on from
-- the last one before the change, and what was overdue then falls due that day under the new number; while nobody has seen the child since, on the
-- day on which it did. Of two numbers of one start the one that runs on has the whole time. Where of a plan that may be the one before nobody can read a day, nobody can say. A child has two numbers at most.
create table plans as
  with numbers as (
    select 'cin-visits' as rule, plan_id, person_id, as_day(started_on) as start, as_day(ended_on) as finish, given(ended_on) as has_end, started_on, ended_on from cin_plans
    union all
    select 'cp-visits', plan_id, person_id, as_day(started_on), as_day(ended_on), given(ended_on), started_on, ended_on from cp_plans),
  pairs as (
    select c.rule, c.plan_id, p.start as other_start, p.finish as other_finish, p.has_end as other_has_end, c.start as this_start, c.finish as this_finish,
      (select w.day from worked w, calendar k where k.day = p.finish and w.number = k.through + 1) as next_day
    from numbers c join numbers p on p.rule = c.rule and p.person_id = c.person_id and p.plan_id <> c.plan_id),
  told as (
    select rule, plan_id,
      bool_or(other_start = this_start and case when other_has_end then other_finish > this_finish else this_finish <= as_of() end) as is_elsewhere,
      max(case when other_start < this_start and other_finish <= this_start and next_day >= this_start then other_finish end) as changed_on,
      min(case when other_start < this_start and other_finish <= this_start and next_day >= this_start then other_start end) as began,
      bool_or(other_has_end and (other_start is null or other_finish is null) and coalesce(other_start < this_start, true)
        and coalesce(other_finish between this_start - 7 and this_start, true)) as may_go_on
    from pairs group by all)
  select b.rule, b.plan_id, b.person_id, b.started_on, b.ended_on, t.changed_on, coalesce(t.began::text, b.started_on) as runs_since,
    not coalesce(t.is_elsewhere, false) and case when t.changed_on is null and coalesce(t.may_go_on, false) then null else true end as is_asked
  from numbers b left join told t using (rule, plan_id);
create macro last_seen(person, duties, day) as
  (select max(as_day(v.visited_on)) from visits v
   where v.person_id = person and list_contains(duties, v.visit_type) and as_flag(v.seen) and as_day(v.visited_on) <= day);
create macro is_unseen_since(person, duties, changed, ends) as
  changed is not null and changed <= as_of() and coalesce(ends > as_of(), true)
  and last_seen(person, duties, as_of()) is not distinct from last_seen(person, duties, changed);
-- Nobody is visited under a plan from the eighteenth birthday on.
create macro child_until(ended_on, died_on, born_on, started_on, runs_since) as
  least(plan_ends(ended_on, died_on, started_on, born_on),
    case when of_age(as_day(born_on), as_day(runs_since)) is not null
      then greatest(of_age(as_day(born_on), as_day(runs_since)), as_day(started_on)) end);
create table duties as
  -- A child in need: 20 working days, twelve weeks in the disability team; a visit of any of the three duties shows that the child was seen.
  -- Nobody visits an unborn child, which is born three weeks after the day expected at the latest; a plan made before birth starts at birth.
  select 'cin-visits' as rule, plan_id as record, c.person_id,
    plan_applies(p.expected_date_of_birth, p.date_of_birth, p.date_of_death, c.started_on, c.ended_on) and is_asked as applies,
    greatest(visited_from(c.runs_since, p.expected_date_of_birth, p.date_of_birth), last_seen(c.person_id, ['CIN', 'CP', 'CLA'], changed_on)) as start,
    child_until(c.ended_on, p.date_of_death, p.date_of_birth, c.started_on, c.runs_since) as ends, changed_on as counted_after,
    case when not is_unseen_since(c.person_id, ['CIN', 'CP', 'CLA'], changed_on,
        child_until(c.ended_on, p.date_of_death, p.date_of_birth, c.started_on, c.runs_since))
      then changed_on end as due_from, ['CIN', 'CP', 'CLA'] as kinds,
    case when team_of(c.person_id) = 'Children with Disabilities' then 84 end as days_between, 20 as working_days, null::integer as first_days,
    (5, true) as soon
  from plans c left join people p using (person_id) where rule = 'cin-visits'
  union all
  -- A child on a protection plan: 10 working days. The unborn as above.
  select 'cp-visits', plan_id, c.person_id, plan_applies(p.expected_date_of_birth, p.date_of_birth, p.date_of_death, c.started_on, c.ended_on) and is_asked,
    greatest(visited_from(c.runs_since, p.expected_date_of_birth, p.date_of_birth), last_seen(c.person_id, ['CP'], changed_on)),
    child_until(c.ended_on, p.date_of_death, p.date_of_birth, c.started_on, c.runs_since), changed_on,
    case when not is_unseen_since(c.person_id, ['CP'], changed_on,
        child_until(c.ended_on, p.date_of_death, p.date_of_birth, c.started_on, c.runs_since))
      then changed_on end, ['CP'], null, 10, null, (3, true)
  from plans c left join people p using (person_id) where rule = 'cp-visits'
  union all
  -- A looked-after child, regulation 28(2)(a) and (b): within a week of the placement's start, then every six weeks, for a year. Not so
  -- for short breaks, with parents under a care order or before the assessment, with a temporarily approved carer, where others decide
  -- where a child in care lives, nor for children placed for adoption. With a carer who has been approved since, they go on from the last visit
  -- before that, or from four weeks before it where that is later; unless the child was not seen, who then is within a week of the approval.
  -- Who has still not been seen since is owed the visit since the last one, or a week after the start.
  -- They end with the period of care, with the child's death and on the eighteenth birthday.
  select 'cla-visits-first-year', placement_id, l.person_id,
    case
      when c.legal_status in ('V3', 'V4') then false
      when coalesce(as_flag(others_arrangement), placement_type in ('R2', 'R5') and coalesce(c.legal_status in ('C1', 'C2', 'D1', 'E1'), true), false) then false
      when coalesce(placement_type, '') in ('A3', 'A4', 'A5', 'A6') then false
      when coalesce(as_flag(before_assessment), false) or is_temporary and coalesce(approved > as_of(), true) then false
      when coalesce(placement_type, '') = 'P1' and c.legal_status in ('C1', 'C2') then false
      when approved_on > l.ends then false
      when given(l.ended_on) then as_day(l.ended_on) >= l.start
      else true
    end,
    case
      when approved_on is null or approved_on <= l.start + 7 then l.start
      when is_unseen then coalesce(seen_before, l.start)
      when seen_before is null then approved_on
      else greatest(seen_before, approved_on - 28)
    end,
    l.ends, seen_before, null, ['CLA'], 42, null, case when seen_before is null then 7 else 42 end, (5, false)
  from placed l left join care_periods c using (period_id);

create macro due_after(start, days_between, working_days) as
  case when days_between is not null then start + days_between::integer else working_day_after(start, working_days) end;

insert into verdicts
  with whole as (
    select *, team_of(person_id) as team,
      applies is null or start is null as is_unjudged
    from duties where applies is distinct from false),
  seen as (
    select distinct w.rule, w.record, as_day(v.visited_on) as day
    from whole w join visits v on v.person_id = w.person_id
    where not w.is_unjudged and list_contains(w.kinds, v.visit_type) and as_flag(v.seen)
      and as_day(v.visited_on) between w.start and least(w.ends, as_of()) and coalesce(as_day(v.visited_on) > w.counted_after, true)),
  starts as (
    select rule, record, start as day, true as is_first from whole where not is_unjudged
    union all
    select rule, record, day, false from seen),
  occasions as (
    select rule, record, day as clock_start, is_first,
      row_number() over each_duty as occasion, lead(day) over each_duty as done
    from starts
    window each_duty as (partition by rule, record order by day, is_first desc)),
  counted as (
    select o.*, w.team, w.ends, w.soon, w.due_from,
      due_after(clock_start, case when is_first then coalesce(first_days, days_between) else days_between end, working_days) as due
    from occasions o join whole w using (rule, record)),
  due as (select * replace (case when is_first and due < due_from then due_from else due end as due) from counted),
  reminded as (
    select *, case when soon[2] then working_day_before(due, soon[1]) else due - soon[1]::integer end as soon_from from due),
  ruled as (
    select *,
      ends <= as_of() as is_over,
      case
        when due is null then 'cannot-judge'
        when done <= due then 'met'
        when done > due then 'late'
        when ends <= as_of() and due >= ends then null
        when ends <= as_of() then 'late'
        when as_of() > due then 'overdue'
        when soon_from is null then 'cannot-judge'
        when as_of() >= soon_from then 'due-soon'
        else 'pending'
      end as status
    from reminded)
  -- Where the day on which an earlier number's visits go on falls due lies outside the calendar, no occasion of the plan is told apart.
  select rule, record, team, case when not (is_first and due is null and due_from is not null) then occasion end, status, due::text, done::text,
    coalesce(done, case when is_over then ends else as_of() end) - due
  from ruled
  where status is not null
    and (status not in ('met', 'late') or coalesce(done, ends) >= as_of() - interval 12 month)
  union all
  select rule, record, team, null, 'cannot-judge', null, null, null from whole where is_unjudged;
