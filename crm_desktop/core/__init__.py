"""How records work: fields, the one door, rights, the journal. Knows no business and no Qt."""

from crm_desktop.core.later import later

# Of use to data classes without a docstring, and to addresses in brackets.
with later("inspect", "ipaddress"):
    import dataclasses  # noqa: F401
    import pathlib  # noqa: F401
