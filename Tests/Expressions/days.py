"""Days, working days and durations, by rule-language.md."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class Unknown(Exception):
    """Nothing was absent, and yet there is no value: a day outside the calendar, a sum beyond 64 bits."""


@dataclass(frozen=True)
class Duration:
    months: int = 0
    days: int = 0
    working: int = 0
    seconds: int = 0

    def parts(self):
        return (self.months, self.days, self.working, self.seconds)

    def scaled(self, times):
        return Duration(*(part * times for part in self.parts()))

    def plus(self, other):
        return Duration(*(a + b for a, b in zip(self.parts(), other.parts())))

    def compare(self, other):
        """-1, 0 or 1. How many days a month has is not fixed, so only durations of a single unit have an order."""
        units = {n for parts in (self.parts(), other.parts()) for n, part in enumerate(parts) if part}
        if len(units) > 1:
            raise Unknown
        return (self.parts() > other.parts()) - (self.parts() < other.parts())


class Calendar:
    def __init__(self, first, last, holidays, weekend):
        self.first, self.last, self.holidays, self.weekend = first, last, set(holidays), weekend

    def works(self, day):
        if not self.first <= day <= self.last:
            raise Unknown
        return day.weekday() not in self.weekend and day not in self.holidays

    def nth(self, day, count):
        step = timedelta(days=1 if count > 0 else -1)
        left = abs(count)
        while left:
            day += step
            left -= self.works(day)
        return day

    def between(self, a, b):
        if a > b:
            return -self.between(b, a)
        return sum(self.works(a + timedelta(days=n)) for n in range(1, (b - a).days + 1))


def day_of(moment):
    return moment.date() if isinstance(moment, datetime) else moment


def add_months(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise Unknown
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def elapsed(moment, seconds):
    """`seconds` later on London's clock; a time that occurs twice is taken as the first, a skipped one moves on by an hour."""
    instant = moment.replace(tzinfo=LONDON, fold=0).timestamp() + seconds
    return datetime.fromtimestamp(instant, LONDON).replace(tzinfo=None, fold=0)


def seconds_between(a, b):
    return round(b.replace(tzinfo=LONDON, fold=0).timestamp() - a.replace(tzinfo=LONDON, fold=0).timestamp())


def add(moment, duration, working_days):
    try:
        moment = add_months(moment, duration.months) if duration.months else moment
        moment += timedelta(days=duration.days)
        if duration.working:
            moved = working_days.nth(day_of(moment), duration.working)
            moment = datetime.combine(moved, moment.time()) if isinstance(moment, datetime) else moved
        if isinstance(moment, datetime):
            return elapsed(moment, duration.seconds) if duration.seconds else moment
        # A bare date moves by whole days, as the due date of a deadline in hours does.
        days = -(-abs(duration.seconds) // 86400)
        return moment + timedelta(days=days if duration.seconds > 0 else -days)
    except OverflowError:
        raise Unknown from None


def months_between(a, b):
    """The greatest n with a + n months <= b."""
    n = (b.year - a.year) * 12 + b.month - a.month + 1
    while add_months(a, n) > b:
        n -= 1
    return n


def age_on(birth, day):
    def birthday(age):
        year = birth.year + age
        return date(year, 3, 1) if (birth.month, birth.day) == (2, 29) and not calendar.isleap(year) else birth.replace(year=year)
    age = day.year - birth.year
    return age if birthday(age) <= day else age - 1
