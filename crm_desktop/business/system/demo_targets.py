"""The demo company's targets: what each seller is to sell this year, month by month; departments have the sum of theirs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from crm_desktop.business.sales.target import Target
from crm_desktop.business.system import demo_staff
from crm_desktop.business.system.demo_world import World

# What a customer is to bring in a month, in yuan; and how the months of a year differ.
EACH = 5_000
SEASON = (0.7, 0.5, 1.1, 1.0, 1.0, 1.2, 0.9, 0.9, 1.1, 1.0, 1.2, 1.4)
ROUND = 10_000
AHEAD = 6


def targets(world: World) -> list[Target]:
    """A target for each seller and month of this year and the half year to come, set by the general manager in January; the company's
    is a little more."""
    boss = world.staff[demo_staff.HEADS["office"]]
    at = world.at(date(world.today.year, 1, 2), 9)
    made = []
    for number in range(max(12, world.today.month + AHEAD)):
        first, whole = date(world.today.year + number // 12, number % 12 + 1, 1), Decimal(0)
        season = SEASON[number % 12]
        for login, share in demo_staff.SHARES.items():
            amount = Decimal(max(1, round(share * EACH * season / ROUND)) * ROUND)
            whole += amount
            made.append(Target(measure="sales", month=first, person=world.staff[login].id, amount=amount))
        # Not all of it is shared out: what the company wants lies a tenth higher.
        made.append(Target(measure="sales", month=first, amount=Decimal(round(whole * 11 / 10 / ROUND) * ROUND)))
    for target in made:
        world.owned(target, boss, at)
    return made
