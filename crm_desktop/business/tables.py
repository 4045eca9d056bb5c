"""The tables that are no record types: the door's own. Only a migration needs them all."""

from crm_desktop.business.staff.password import Password
from crm_desktop.core.apart import Apart
from crm_desktop.core.journal import Batch, Entry
from crm_desktop.core.numbering import Counter
from crm_desktop.core.presence import Presence
from crm_desktop.core.seals import Seal
from crm_desktop.core.settings import Setting

TABLES = (Batch, Entry, Setting, Counter, Apart, Presence, Seal, Password)
