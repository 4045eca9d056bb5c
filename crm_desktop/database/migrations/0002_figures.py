"""Opportunities keep the furthest stage they reached; indexes that funnel and workbench figures are counted from."""

from crm_desktop.database.steps import Steps
from crm_desktop.database.tables import Column, Index, Table

DAY, INT, MOMENT = "day", "int", "moment"


def _table(name: str, **kinds: str) -> Table:
    return Table(
        name, tuple(Column(column, kind, null=kind != "varchar(30)") for column, kind in kinds.items())
    )


def up(steps: Steps) -> None:
    """Add the column and the indexes; nothing is taken away but an index another one replaces."""
    customer = _table("customer", deleted_at=MOMENT, created_at=MOMENT, owner=INT, department=INT)
    steps.index(customer, Index(("deleted_at", "created_at", "owner", "department")))
    lead = _table("lead", deleted_at=MOMENT, owner=INT, next_contact_on=DAY)
    steps.index(lead, Index(("deleted_at", "owner", "next_contact_on")))
    task = _table("task", deleted_at=MOMENT, owner=INT, done_at=MOMENT, due_on=DAY)
    steps.index(task, Index(("deleted_at", "owner", "done_at", "due_on")))
    contract = _table(
        "contract",
        deleted_at=MOMENT,
        signed_on=DAY,
        owner=INT,
        department=INT,
        state="varchar(30)",
        amount=INT,
    )
    steps.index(contract, Index(("deleted_at", "signed_on", "owner", "department", "state", "amount")))
    steps.add("opportunity", Column("reached", "int", null=True))
    steps.run("UPDATE opportunity SET reached = stage WHERE reached IS NULL")
    opportunity = _table(
        "opportunity", deleted_at=MOMENT, owner=INT, stage=INT, reached=INT, department=INT, created_at=MOMENT,
        expected_close=DAY, amount=INT, probability=INT, closed_at=MOMENT, next_step_on=DAY,
    )  # fmt: skip
    money = ("amount", "probability")
    steps.index(
        opportunity,
        Index(
            ("deleted_at", "owner", "stage", "reached", "department", "created_at", "expected_close", *money)
        ),
        Index(("deleted_at", "closed_at", "expected_close", "stage", "owner", "department", *money)),
        Index(("deleted_at", "owner", "closed_at", "next_step_on")),
    )
    steps.drop_index("opportunity", Index(("stage", "owner", "amount")))
