"""Case files for comparing verdicts, made from a seed: dense around each day on which a verdict turns, with missing and spoilt cells."""

import random
from datetime import date, datetime, timedelta

COLUMNS = {
    "people": "person_id date_of_birth expected_date_of_birth date_of_death team worker",
    "assessments": "assessment_id person_id assessment_type started_on authorised_on",
    "missing_episodes": "episode_id person_id went_missing_at returned_at interview_offered interview_accepted interviewed_at",
    "care_periods": "period_id person_id started_on ended_on legal_status",
    "looked_after_reviews": "review_id period_id person_id held_on cancelled",
    "permanence_plans": "permanence_plan_id period_id person_id plan_type agreed_on",
    "placements": "placement_id period_id person_id started_on ended_on placement_type others_arrangement before_assessment temporary_approval carer_approved_on",
    "cin_plans": "plan_id person_id started_on ended_on",
    "cp_plans": "plan_id person_id started_on ended_on initial_category",
    "visits": "visit_id person_id visit_type visited_on seen",
}
COLUMNS = {table: columns.split() for table, columns in COLUMNS.items()}

# Headings as exports have them, by field name.
HEADINGS = {
    "person_id": "Person ID", "date_of_birth": "Date of Birth", "expected_date_of_birth": "Expected Date of Birth", "date_of_death": "Date of Death", "team": "Team",
    "worker": "Worker", "assessment_id": "Assessment ID", "assessment_type": "Assessment Type", "started_on": "Start Date",
    "authorised_on": "Authorised Date", "episode_id": "Missing Episode ID", "went_missing_at": "Date Missing", "returned_at": "Date Returned",
    "interview_offered": "RHI Offered", "interview_accepted": "RHI Accepted", "interviewed_at": "RHI Date", "period_id": "Care Period ID",
    "ended_on": "End Date", "legal_status": "Legal Status", "review_id": "Review ID", "held_on": "Review Date", "cancelled": "Cancelled",
    "permanence_plan_id": "Permanence Plan ID", "plan_type": "Permanence Plan", "agreed_on": "Date Agreed", "placement_id": "Placement ID",
    "placement_type": "Placement Type", "others_arrangement": "Arranged by Another Body", "before_assessment": "Reg 19",
    "temporary_approval": "Reg 24", "carer_approved_on": "Carer Approval Date", "plan_id": "Plan ID", "initial_category": "Initial Category", "visit_id": "Visit ID",
    "visit_type": "Visit Type", "visited_on": "Visit Date", "seen": "Child Seen",
}

SPOILT = ["soon", "31/02/2016", "45000", "12-13-2015", "00/00/0000"]


class CaseFiles:
    def __init__(self, seed, as_of, children, covered_from):
        self.chance = random.Random(f"{seed} {as_of}")
        self.as_of, self.covered_from = as_of, covered_from
        self.tables = {table: [] for table in COLUMNS}
        for number in range(children):
            self.child(number)

    # Cells

    def day(self, day, missing=0.0, spoilt=0.0):
        """A date as an export writes it, or what may be there instead."""
        dice = self.chance.random()
        if day is None or dice < missing:
            return self.chance.choice(["", "", "NULL"])
        if dice < missing + spoilt:
            return self.chance.choice(SPOILT)
        return day.strftime(self.chance.choice(["%d/%m/%Y", "%d/%m/%Y", "%Y-%m-%d"]))

    def moment(self, moment, missing=0.0, spoilt=0.0, bare=0.15):
        dice = self.chance.random()
        if moment is None or dice < missing:
            return ""
        if dice < missing + spoilt:
            return self.chance.choice(SPOILT)
        if dice > 1 - bare:
            return moment.strftime("%d/%m/%Y")
        return moment.strftime(self.chance.choice(["%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M"]))

    def flag(self, yes=0.8, missing=0.1, spoilt=0.02):
        dice = self.chance.random()
        if dice < missing:
            return ""
        if dice < missing + spoilt:
            return "perhaps"
        return "Y" if self.chance.random() < yes else "N"

    def days(self, *choices):
        """A random number of days from one of the spans, each a number or a pair of bounds."""
        span = self.chance.choice(choices)
        return timedelta(days=span if isinstance(span, int) else self.chance.randint(*span))

    def add(self, table, *cells):
        number = len(self.tables[table]) + 1
        self.tables[table].append([f"{table[0].upper()}{number}", *cells])
        return f"{table[0].upper()}{number}"

    def ago(self, *choices):
        return self.as_of - self.days(*choices)

    # Case files

    def child(self, number):
        chance = self.chance
        person = f"C{number}"
        # Small teams, so that a wrong verdict on any one record shows in its team's figures.
        team = chance.choices([f"Team {number // 12:03}", "Children with Disabilities", ""], [94, 4, 2])[0]
        born = self.ago((0, 400), (400, 6500))
        if chance.random() < 0.15:
            # About to turn eighteen when an episode of the last months ends; or born on 29 February.
            born = chance.choice([date(self.as_of.year - 18, self.as_of.month, 1) + self.days((-60, 60)), date(2000, 2, 29), date(2004, 2, 29)])
        dice = chance.random()
        expected = self.day(born + self.days((-9, 9))) if dice < 0.08 else "soon" if dice < 0.09 else ""
        # Nearly always nothing; at times the date of a child's death, or a slip of the keyboard in it.
        died = self.day(self.ago((0, 60), (60, 500), (-9, -1), 6000), spoilt=0.1) if chance.random() < 0.06 else ""
        self.tables["people"].append([person, self.day(born, missing=0.06, spoilt=0.02), expected, died, team, "Worker A"])
        for _ in range(chance.choice([0, 1, 1, 2])):
            self.assessment(person)
        if chance.random() < 0.6:
            self.missing(person)
        if chance.random() < 0.5:
            self.care(person)
        for table in ("cin_plans", "cp_plans"):
            if chance.random() < 0.4:
                self.plan(person, table, born)

    def assessment(self, person):
        began = self.ago((-3, 75), (-3, 75), (380, 470), 366, 0)
        if self.chance.random() < 0.02:
            began = self.covered_from + self.days((-4, 3))
        done = began + self.days((-2, 80), (26, 33), (61, 70)) if self.chance.random() < 0.6 else None
        if done and done < self.as_of - timedelta(days=300):
            done = self.as_of - timedelta(days=365) + self.days((-5, 5))
        kind = self.chance.choices(["SA", "PB", ""], [85, 10, 5])[0]
        self.add("assessments", person, kind, self.day(began, 0.03, 0.02), self.day(done, 0, 0.03))

    def missing(self, person):
        chance = self.chance
        clock = timedelta(minutes=chance.choice([0, 59, 60, 89, 90, 119, 120, 121, 179, 180, 690, 1439]))
        back = datetime.combine(self.ago((-1, 9), (0, 5), (5, 70), (355, 380)), datetime.min.time()) + clock
        if chance.random() < 0.5:
            # Close to a night on which the clocks change.
            change = chance.choice(clock_changes(self.as_of))
            back = datetime.combine(change + self.days((-4, 1)), datetime.min.time()) + clock
        held = None
        if chance.random() < 0.65:
            held = back + timedelta(hours=72) + chance.choice([
                timedelta(0), timedelta(minutes=1), timedelta(minutes=-1), timedelta(minutes=chance.randint(-70, 70)),
                timedelta(hours=chance.randint(-73, 60)), timedelta(hours=1), timedelta(hours=-1)])
        self.add("missing_episodes", person, self.moment(back - timedelta(hours=9)), self.moment(back, 0.04, 0.03),
                 self.flag(), self.flag(yes=0.7), self.moment(held, 0, 0.03))
        if chance.random() < 0.3:
            # Missing again at about the time of the interview, and mostly not back yet.
            again = back + chance.choice([timedelta(0), timedelta(minutes=1), timedelta(hours=chance.randint(-2, 100))])
            back_again = again + self.days((0, 3), (0, 20)) if chance.random() < 0.4 else None
            self.add("missing_episodes", person, self.moment(again, 0, 0.02), self.moment(back_again, 0, 0.05), "", "", "")

    def care(self, person):
        chance = self.chance
        began = self.ago((90, 150), (0, 30), (0, 420))
        ended = None
        if chance.random() < 0.25:
            ended = chance.choice([began + self.days((110, 128)), self.ago((0, 40)), began + self.days((0, 9)), began - self.days((1, 3))])
        legal = chance.choices(["C1", "C2", "V2", "V3", "V4", ""], [20, 35, 25, 7, 6, 7])[0]
        period = self.add("care_periods", person, self.day(began, 0.03, 0.02), self.day(ended, 0, 0.04), legal)
        held = began
        if chance.random() < 0.05:  # of an earlier period, or the wrong month
            self.add("looked_after_reviews", period, person, self.day(began - self.days((1, 3), (20, 40))), chance.choice(["", "", "perhaps"]))
        for _ in range(chance.choice([0, 0, 1, 1, 2, 3])):
            held += self.days((20, 40), (85, 95))
            if held > self.as_of:
                break  # a review in the future has not been held
            for _ in range(chance.choice([1, 1, 1, 2])):
                cancelled = chance.choices(["", "N", "Y", "perhaps"], [60, 20, 15, 5])[0]
                self.add("looked_after_reviews", period, person, self.day(held, 0.03, 0.02), cancelled)
        for _ in range(chance.choice([0, 0, 1, 1, 2])):
            agreed = began + self.days((0, 30), (112, 124), (112, 124), (0, 200))
            self.add("permanence_plans", period, person, chance.choice(["LTFOST", "PARALLEL"]), self.day(agreed, 0.03, 0.03))
        for _ in range(chance.choice([1, 1, 2])):
            moved = chance.choice([began, self.ago((0, 12)), self.ago((40, 55)), self.ago((360, 372)), date(2016, 2, 29)])
            left = None if chance.random() < 0.6 else moved + self.days((-1, 12), (40, 60), (360, 368))
            kind = chance.choices(["U6", "K2", "P1", "R2", "A5", ""], [50, 20, 14, 6, 5, 5])[0]
            odd = [chance.choices(["", "Y", "N"], [100 - yes - 5, yes, 5])[0] for yes in (5, 5, 16)]
            approved = moved + self.days((-2, 9), (10, 60), (360, 380)) if odd[2] == "Y" and chance.random() < 0.8 else None
            if legal:
                self.add("placements", period, person, self.day(moved, 0.02, 0.02), self.day(left, 0, 0.03), kind, *odd, self.day(approved, 0, 0.03))
            self.visits(person, moved, ["CLA"], [(5, 9), (40, 44), (20, 60)])

    def plan(self, person, table, born):
        chance = self.chance
        began = self.ago((0, 40), (0, 420), 0, -1)
        ended = None
        if chance.random() < 0.35:
            ended = chance.choice([began + self.days((0, 60)), self.as_of + self.days((-2, 2)), began - timedelta(days=1)])
        if born > began and chance.random() < 0.5:
            # A plan made before the child's birth ends at about the birth.
            ended = born + self.days((-2, 12))
        if ended is None and chance.random() < 0.3:
            ended = began + self.days((1, 60))
        cells = [person, self.day(began, 0.03, 0.02), self.day(ended, 0, 0.04)]
        self.add(table, *cells, *(["NEG"] if table == "cp_plans" else []))
        if ended and chance.random() < 0.5:
            # On under another number: from the end, the next working day or a little later, or from the same start.
            again = chance.choice([ended, ended, ended + self.days(1, 2, 3, (4, 9)), began])
            over = again + self.days((-1, 30)) if chance.random() < 0.4 else None
            cells = [person, self.day(again, 0.03, 0.02), self.day(over, 0, 0.04)]
            self.add(table, *cells, *(["NEG"] if table == "cp_plans" else []))
        if table == "cp_plans":
            self.visits(person, began, ["CP"], [(12, 18), (5, 30)])
        else:
            self.visits(person, began, ["CIN", "CIN", "CP", "SA"], [(26, 34), (80, 88), (5, 60)])

    def visits(self, person, began, kinds, gaps):
        day = began - self.days((0, 3), 0)
        for _ in range(self.chance.choice([0, 1, 2, 4, 9])):
            day += self.days(*gaps)
            if day > self.as_of + timedelta(days=2):
                break
            for _ in range(self.chance.choice([1, 1, 1, 2])):
                self.add("visits", person, self.chance.choice(kinds), self.day(day, 0.02, 0.02), self.flag(0.92, 0.02, 0.02))


def clock_changes(as_of):
    """The two last Sundays of March or October that are nearest to a day."""
    sundays = []
    for year in (as_of.year - 1, as_of.year, as_of.year + 1):
        for month in (3, 10):
            last = date(year, month, 31)
            sundays.append(last - timedelta(days=(last.weekday() + 1) % 7))
    return sorted(sundays, key=lambda day: abs(day - as_of))[:2]
