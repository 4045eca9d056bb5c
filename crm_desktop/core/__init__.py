"""How records work: fields, the one door, rights, the journal. Knows no business and no Qt."""

from crm_desktop.core.later import later

with later("inspect"):  # it takes code apart; of use to data classes without a docstring only
    import dataclasses  # noqa: F401
