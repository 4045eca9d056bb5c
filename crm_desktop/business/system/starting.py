"""The first start: a new database gets its defaults, the company's name and one user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_desktop.business.staff.department import Department
from crm_desktop.business.staff.employee import Employee
from crm_desktop.core.access import Actor
from crm_desktop.core.records import Records
from crm_desktop.core.words import _, say

if TYPE_CHECKING:
    from crm_desktop.core.unit import Unit


def is_new(records: Records) -> bool:
    """Whether nobody has started this database yet."""
    return not records.names.rows("employee")


def begin(records: Records, company: str, person: str, lang: str) -> Employee:
    """Plant the defaults and the first user, who may do everything. Returns him."""
    import getpass

    from crm_desktop.business.system.defaults import plant

    def work(unit: Unit) -> Employee:
        plant(unit)
        department = Department(name=company or say(_("Company"), lang))
        unit.save(department)
        role = unit.tx.run("SELECT id FROM role WHERE code = ?", ("admin",))[0][0]
        user = Employee(name=person or getpass.getuser(), login=getpass.getuser()[:40], role=role, department=department.id)
        unit.save(user)
        return user

    user, _change = records.unit(Actor.program(lang), work, "start", trusted=True)
    records.settings.put("company", company)
    records.settings.put("language", lang)
    return user
