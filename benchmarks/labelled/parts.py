"""A customer in the parts its name is put together from, as the makers of several labelled sets know it."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Parts:
    """p(lace), b(rand), t(rade) and f(orm) in the order of `layout`, P for the place in brackets; `called` is what people say."""

    kind: str
    place: str = ""
    brand: str = ""
    trade: str = ""
    form: str = ""
    layout: str = "pbtf"
    called: str = ""

    def name(self, **other: str) -> str:
        """The whole name; `other` parts may stand in for its own."""
        one = replace(self, **other)  # type: ignore[arg-type]
        if one.kind in ("english", "abroad"):
            words = [one.form[1:], one.brand, one.trade] if one.form.startswith("<") else [one.brand, one.trade, one.form]
            return " ".join(filter(None, words))
        parts = {"p": one.place, "b": one.brand, "t": one.trade, "f": one.form, "P": f"（{one.place}）" if one.place else ""}
        return "".join(parts[part] for part in one.layout)
