"""Whose a record is: its owner and department, lent by the record it follows, and handed on when that one changes hands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_desktop.core.errors import NotFound, Refused
from crm_desktop.core.record import Record, columns_of, copied, from_row
from crm_desktop.core.words import _

if TYPE_CHECKING:
    from crm_desktop.core.unit import Unit


def settle(unit: Unit, record: Record, current: Record | None) -> None:
    """A record that follows another has its owner; others belong to who made them until assigned.

    current: the record as it stands in the database, None for a new one. The department is always the owner's: people
    neither choose it nor bring an old one back with a record they read before the owner changed department.
    """
    lent = _lent(unit, record)
    if lent is not None:
        _demand_leader(unit, record, current)
        record.owner, record.department = lent
        return
    if current is None:
        record.owner = record.owner or unit.actor.employee
        if record.owner not in (None, unit.actor.employee) and unit.what != "import":
            unit.demand(type(record), "assign")
    # Of what everybody sees the department says nothing about sight: an employee's is where he works.
    scoped = type(record).screen.rights.see != "all"
    if current is not None and (record.owner == current.owner or record.owner is None):
        record.department = current.department if scoped else record.department
        return
    employee: Any = unit.records.names.rows("employee").get(record.owner) if "employee" in unit.records.types else None
    if employee is not None:
        if not unit.trusted:
            _demand_here(unit, employee)
        record.department = employee.department if scoped else record.department


def demand_present(employee: Record) -> None:
    """Records are given to people who are there: not to those who have left, nor to deleted ones."""
    state = employee.state_field()
    gone = state is not None and not employee._meta.fields[state].kind.states[getattr(employee, state)].open
    if gone or employee.deleted_at is not None:
        raise Refused(_("{name} has left the company and cannot be given records. Choose somebody else."), name=employee.called())


def _demand_here(unit: Unit, employee: Record) -> None:
    """The same, asked of the database once for each act: a handover that is closing his account right now is waited for."""
    demand_present(employee)
    key = ("here", employee.id)
    if key not in unit.memo:
        state, lock = employee.state_field(), " LOCK IN SHARE MODE" if unit.tx.engine == "mysql" else ""
        columns = f"deleted_at, `{state}`" if state else "deleted_at"
        rows = unit.tx.run(f"SELECT {columns} FROM `{employee.key()}` WHERE id = ?{lock}", (employee.id,))
        if rows:
            now = copied(employee)
            now.deleted_at = rows[0][0]
            if state:
                setattr(now, state, rows[0][1])
            demand_present(now)
        unit.memo[key] = True


def _lent(unit: Unit, record: Record) -> tuple[int | None, int | None] | None:
    """Owner and department of the record this one follows, locked until the commit; None when it follows none."""
    leader = _leader(unit, record)
    return (leader.owner, leader.department) if leader is not None else None


def _leader(unit: Unit, record: Record) -> Record | None:
    link = record.follows_now()
    return unit.pointed.leader(unit.records.types[record._meta.fields[link].kind.target], getattr(record, link)) if link else None


def _demand_leader(unit: Unit, record: Record, current: Record | None) -> None:
    """Hanging a record on another one changes that one: who may only read it does not."""
    link = record.follows_now()
    if unit.trusted or (current is not None and getattr(current, link) == getattr(record, link)):
        return
    leader = _leader(unit, record)
    why = unit.pointed.sight(type(leader)).why_not(leader, "edit") if leader is not None else None
    if why is not None and why.text != NotFound().text:  # what is not seen is told as such when links are checked
        raise why.refusal()


def lead_followers(unit: Unit, record: Record) -> None:
    """Records that follow this one get its owner and department too, and are found in their scope."""
    from crm_desktop.core import sharing  # which imports this module

    sharing.hand_on(unit, record)
    for child_type, link in unit.records.belonging(type(record)):
        if link not in child_type.followed():
            continue
        key = child_type.key()
        whose = f"WHERE `{link}` = ?" + "".join(f" AND `{other}` IS NULL" for other in child_type.preferred(link))
        # Read before: on a server that shows each person only his own records they are gone from sight afterwards.
        columns = columns_of(child_type)
        names = ", ".join(f"`{name}`" for name in columns)
        rows = unit.tx.run(f"SELECT {names} FROM `{key}` {whose} AND deleted_at IS NULL", (record.id,))
        unit.tx.run(f"UPDATE `{key}` SET owner = ?, department = ? {whose}", (record.owner, record.department, record.id))
        led = [from_row(child_type, columns, row) for row in rows]
        for one in led:
            one.owner, one.department = record.owner, record.department
        unit.index_anew(child_type, led)
        unit.touched.add_all(key, [one.id for one in led], "assign")


def regroup(unit: Unit, employee: int, department: int | None) -> None:
    """An employee changed department: the records he owns go along, and are found in the new scope; of what is his by `judged` that
    of this month and of those to come."""
    for record_type in unit.records.types.values():
        key = record_type.key()
        if (judged := record_type.judged) is not None:
            sql = f"SELECT id FROM `{key}` WHERE `{judged.owner}` = ? AND `{judged.month}` >= ? AND deleted_at IS NULL"
            for (one,) in unit.tx.run(sql, (employee, unit.today.replace(day=1).isoformat())):
                unit.amend(record_type, one, **{judged.department: department})
        if record_type.screen.rights.see == "all":
            continue
        rows = unit.tx.run(f"SELECT id FROM `{key}` WHERE owner = ? AND deleted_at IS NULL", (employee,))
        unit.tx.run(f"UPDATE `{key}` SET department = ? WHERE owner = ?", (department, employee))
        ids = [row[0] for row in rows]
        unit.reindex(record_type, ids)
        unit.touched.add_all(key, ids, "assign")
