"""Products: what we sell, with code, unit and price."""

from crm_desktop.core.fields import Choice, Flag, LongText, Money, Picture, Text
from crm_desktop.core.record import Record, Rights, Screen, indexed
from crm_desktop.core.words import _


class Product(Record):
    """A product of the catalogue; everybody sees it, managers keep it."""

    name = Text(_("Product"), required=True, search="name")
    code = Text(_("Product code"), max_length=60, search="text")
    category = Choice(_("Category"), "product_category")
    unit = Choice(_("Unit"), "product_unit")
    price = Money(_("Price"))
    on_sale = Flag(_("On sale"), default=True)
    note = LongText(_("Description"), search="text")
    picture = Picture(_("Picture"))

    screen = Screen(
        _("Products"),
        _("Product"),
        area="register",
        icon="package",
        columns="name code category unit price on_sale",
        sub="code price",
        quick="name code unit price",
        rights=Rights(see="all", add="manager", edit="manager", delete="manager", bring_in="manager"),
    )

    class Meta:
        indexes = (*indexed("category"), (("code",), False))
