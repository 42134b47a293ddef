-- The four headline rules in DuckDB, for speed: a table of due days in place of counting, joins and windows in place of subqueries.
-- Tests/Differential/headline_rules.sql says the same for clarity. What is met, pending or due soon is no exception and left out early.
-- What cannot be judged is listed unless the field to blame has a fault of its own.

-- The working days on and after which something is due, by the day from which they count; the day before the first is known too.
create table worked as
  select day, row_number() over (order by day) as number
  from (select unnest(generate_series(first, last, interval 1 day))::date as day from covers)
  where isodow(day) <= 5 and day not in (select day from holidays);
create table due_days as
  with counted as (
    select d.day, count(w.day) over (order by d.day) as through
    from (select unnest(generate_series(first - 1, last, interval 1 day))::date as day from covers) d left join worked w using (day))
  select c.day, twenty.day as after_20, forty_five.day as after_45
  from counted c
    left join worked twenty on twenty.number = c.through + 20
    left join worked forty_five on forty_five.number = c.through + 45;
create macro look_back() as (as_of() - interval 12 month)::date;
-- The first row counts where a key stands twice.
create view persons as from people where rowid not in (select row from people_person_id_again);

-- Assessments: 45 working days.
insert into exceptions(rule, status, person_id, record_id, occasion, due_on, done_on, days_late)
  with dated as (
    select assessment_id, person_id, faults, started_on as start, authorised_on,
      case when authorised_on <= as_of() then authorised_on end as done, d.after_45 as due
    from assessments a left join due_days d on d.day = a.started_on),
  ruled as (
    select *,
      case
        when assessments_authorised_on_unreadable(faults) then null
        when due is null then case when not assessments_started_on_wrong(faults) then 'cannot-judge' end
        when done < start then case when not assessments_authorised_on_wrong(faults) then 'cannot-judge' end
        when done > due and done >= look_back() then 'late'
        when done is null and as_of() > due then 'overdue'
      end as status
    from dated)
  select 'assessment-45-days', status, person_id, assessment_id, null, due::text, done::text, coalesce(done, as_of()) - due
  from ruled where status is not null;

-- Permanence plans: by the second review; else three months after the first; else three months after twenty working days.
insert into exceptions(rule, status, person_id, record_id, occasion, due_on, done_on, days_late)
  with held as (
    select period_id, list_sort(list(distinct held_on)) as days
    from looked_after_reviews where held_on is not null and cancelled is distinct from true group by period_id),
  agreed as (select period_id, min(agreed_on) as agreed from permanence_plans group by period_id),
  dated as (
    select c.*, case when agreed <= as_of() then agreed end as done,
      coalesce(days[2], (days[1] + interval 3 month)::date, (d.after_20 + interval 3 month)::date) as due
    from care_periods c left join held using (period_id) left join agreed using (period_id) left join due_days d on d.day = c.started_on
    where legal_status not in ('V3', 'V4')),
  ruled as (
    select *,
      case
        when care_periods_ended_on_unreadable(faults) or ended_on <= due then null
        when due is null then case when not care_periods_started_on_wrong(faults) then 'cannot-judge' end
        when done > due then 'late'
        when done is null and as_of() > due then 'overdue'
      end as status
    from dated)
  select 'permanence-plan-second-review', status, person_id, period_id, null, due::text, done::text, coalesce(done, as_of()) - due
  from ruled where status is not null;

-- Return interviews: 72 hours by London's clock; where either end has no time, the end of the third day.
create macro last_sunday(year, month) as (last_day(make_date(year, month, 1)) - (isodow(last_day(make_date(year, month, 1))) % 7)::integer);
create macro summer_begins(moment) as (last_sunday(year(moment), 3) + interval 2 hour);
create macro summer_ends(moment) as (last_sunday(year(moment), 10) + interval 2 hour);
create macro greenwich(moment) as
  moment - case when moment >= summer_begins(moment) and moment < summer_ends(moment) then interval 1 hour else interval 0 hour end;
create macro london(moment) as
  moment + case when moment >= summer_begins(moment) - interval 1 hour and moment < summer_ends(moment) - interval 1 hour
    then interval 1 hour else interval 0 hour end;

insert into exceptions(rule, status, person_id, record_id, occasion, due_on, done_on, days_late)
  with asked as (
    select e.*, p.date_of_birth as born, p.faults as person_faults, p.person_id as known, returned_at as back,
      case when interviewed_at::date <= as_of() then interviewed_at end as done,
      returned_at_has_time and (interviewed_at is null or interviewed_at_has_time) as by_the_clock
    from missing_episodes e left join persons p using (person_id)
    where (returned_at is not null or missing_episodes_returned_at_unreadable(e.faults))
      and (coalesce(interview_accepted, true) or not coalesce(interview_offered, true))),
  dated as (
    select *, year(back) - year(born) - (month(back) * 100 + day(back) < month(born) * 100 + day(born))::integer as age,
      case when by_the_clock then london(greenwich(back) + interval 72 hour) else back::date + interval 3 day end as due
    from asked),
  ruled as (
    select *,
      case
        when age >= 18 or known is null then null
        when born is null then case when not people_date_of_birth_wrong(person_faults) then 'cannot-judge' end
        when back is null or missing_episodes_interviewed_at_unreadable(faults) then null
        when by_the_clock and greenwich(done) < greenwich(back) or not by_the_clock and done::date < back::date
          then case when not missing_episodes_interviewed_at_wrong(faults) then 'cannot-judge' end
        when by_the_clock and greenwich(done) <= greenwich(back) + interval 72 hour then null
        when not by_the_clock and done::date <= due::date then null
        when done is not null then case when done::date >= look_back() then 'late' end
        when as_of() > due::date then 'overdue'
      end as status
    from dated)
  select 'return-interview-72-hours', status, person_id, episode_id, null,
    case when by_the_clock then strftime(due, '%Y-%m-%dT%H:%M') else due::date::text end,
    case when interviewed_at_has_time then strftime(done, '%Y-%m-%dT%H:%M') else done::date::text end,
    coalesce(done::date, as_of()) - due::date
  from ruled where status is not null;

-- Visits of children in need: every twenty working days, several on one day are one.
create temp table plans as
  select rowid as plan, plan_id, person_id, started_on as start, ended_on as ends, faults,
    ends < start and ends <= as_of() as is_backwards
  from cin_plans semi join persons using (person_id)
  where started_on is not null and not cin_plans_ended_on_unreadable(faults);

insert into exceptions(rule, status, person_id, record_id, occasion, due_on, done_on, days_late)
  with seen as (
    select distinct p.plan, v.visited_on as day
    from visits v join plans p on v.person_id = p.person_id and v.visited_on >= p.start and v.visited_on <= coalesce(p.ends, as_of())
    where v.seen and v.visit_type in ('CIN', 'CP', 'CLA') and v.visited_on <= as_of() and p.is_backwards is distinct from true),
  starts as (
    select plan, start as day, false as is_visit from plans where is_backwards is distinct from true
    union all
    select plan, day, true from seen),
  occasions as (
    select plan, day, row_number() over each_plan as occasion, lead(day) over each_plan as done
    from starts window each_plan as (partition by plan order by day, is_visit)),
  dated as (
    select p.*, o.occasion, o.done, d.after_20 as due, coalesce(p.ends <= as_of(), false) as is_over
    from occasions o join plans p using (plan) left join due_days d using (day)
    where d.after_20 is null or o.done > d.after_20 or (o.done is null and d.after_20 < as_of())),
  ruled as (
    select *,
      case
        when due is null then case when not cin_plans_started_on_wrong(faults) then 'cannot-judge' end
        when done > due then case when done >= look_back() then 'late' end
        when is_over then case when due < ends and ends >= look_back() then 'late' end
        else 'overdue'
      end as status
    from dated)
  select 'cin-visits', status, person_id, plan_id, occasion, due::text, done::text,
    coalesce(done, case when is_over then ends else as_of() end) - due
  from ruled where status is not null
  union all
  select 'cin-visits', 'cannot-judge', person_id, plan_id, null, null, null, null
  from plans where is_backwards and not cin_plans_ended_on_wrong(faults);

-- A row that cannot be judged has no dates. The team is the row's own where it has one to say (people, teams), else the child's.
create view listed as
  select rule, status, coalesce(own_team, p.team, '(no team)') as team, person_id, record_id, occasion,
    case when status <> 'cannot-judge' then due_on end as due_on,
    case when status <> 'cannot-judge' then done_on end as done_on,
    case when status <> 'cannot-judge' then days_late end as days_late
  from exceptions left join persons p using (person_id);
