"""Counters for numbers people read (contracts, quotations): one row each, incremented inside the transaction."""

from crm_desktop.database.peewee_import import peewee


class Counter(peewee.Model):
    """The last number given in a series, such as 'contract:HT-2026-'."""

    name = peewee.CharField(max_length=80)
    value = peewee.IntegerField(default=0)

    class Meta:
        table_name = "counter"
        primary_key = peewee.CompositeKey("name")
