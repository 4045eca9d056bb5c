"""Roles: what their members may do and see; shipped ones are defaults the company may change."""

from crm_desktop.core.fields import Choice, Link, Text
from crm_desktop.core.picklists import ADMIN_ONLY
from crm_desktop.core.record import Record, Screen
from crm_desktop.core.words import _

SCOPES = {
    "own": _("own records"),
    "own_and_below": _("own records and those of subordinates"),
    "department": _("own department"),
    "department_and_below": _("own department and those below"),
    "all": _("all records"),
}


class Role(Record):
    """A role. level: which of the shipped rights it has (sales < manager < general < admin); scope: what it sees."""

    name = Text(_("Role"), required=True, max_length=60)
    name_en = Text(_("English label"), max_length=60)
    name_tw = Text(_("Traditional Chinese label"), max_length=60)
    code = Text(_("Code"), max_length=40)
    level = Choice(_("Rights level"), "role_level", required=True, default="sales")
    scope = Choice(_("Data scope"), "data_scope", required=True, default="own")

    screen = Screen(_("Roles"), _("Role"), area="settings", icon="lock", columns="name level scope", rights=ADMIN_ONLY)


class RoleRight(Record):
    """What the company set differently for a role and a record type. operations: space-separated; scope: '' as the role's."""

    name = Text(_("Record type"), required=True, max_length=40)
    role = Link(_("Role"), "role", required=True)
    operations = Text(_("Operations"), max_length=200)
    scope = Choice(_("Data scope"), "data_scope")

    screen = Screen(_("Role rights"), _("Role right"), icon="lock", columns="name role operations scope", rights=ADMIN_ONLY)
