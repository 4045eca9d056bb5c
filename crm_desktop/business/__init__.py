"""What a sales office knows: one file per record type, and the explicit list of them."""

from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.customers.follow_up import FollowUp
from crm_desktop.business.customers.lead import Lead
from crm_desktop.business.goods.product import Product
from crm_desktop.business.office.event import Event
from crm_desktop.business.office.reminder import Reminder
from crm_desktop.business.office.task import Task
from crm_desktop.business.sales.contract import Contract
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.business.sales.stage import Stage
from crm_desktop.business.sales.target import Target
from crm_desktop.business.staff.department import Department
from crm_desktop.business.staff.employee import Employee
from crm_desktop.business.staff.role import Role, RoleRight
from crm_desktop.business.system.saved_view import SavedView
from crm_desktop.business.system.schedule import Schedule
from crm_desktop.core.custom import CustomField
from crm_desktop.core.picklists import PickValue, Tag
from crm_desktop.core.record import Record
from crm_desktop.core.sharing import Share

RECORD_TYPES: tuple[type[Record], ...] = (
    Customer,
    Contact,
    FollowUp,
    Lead,
    Opportunity,
    Contract,
    Product,
    Task,
    Event,
    Reminder,
    Stage,
    Target,
    Department,
    Employee,
    Role,
    RoleRight,
    Tag,
    PickValue,
    CustomField,
    SavedView,
    Schedule,
    Share,
)
