"""The words a person reads: marks source sentences and translates them when they are shown.

Source strings are English. `_("…")` marks a constant where it is declared and returns it unchanged; `say("…")` translates
where it is shown. Catalogues are the Qt files resources/translations/<language>.ts; rooms without Qt read them directly,
the window installs Qt's own (compiled) translator with `speak_through`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from crm_desktop.core.places import RESOURCES

LANGUAGES = ("zh_CN", "zh_TW", "en")
DEFAULT = "zh_CN"
FOLDER = RESOURCES / "translations"

_language = DEFAULT
_translator: Callable[[str, int], str] | None = None


def _(text: str) -> str:
    """Mark a constant for translation; it is translated when shown, by `say`."""
    return text


def use(language: str) -> None:
    """Set the language this process shows. Per-person output (prints, exports) passes `lang` to `say` instead."""
    global _language
    _language = language if language in LANGUAGES else DEFAULT


def nearest(locale: str) -> str:
    """The language that serves a system locale best: "zh_HK" -> zh_TW, "de_DE" -> en; the default when it names none."""
    if locale.partition(".")[0] in ("", "C", "POSIX"):
        return DEFAULT
    if locale.startswith(("zh_TW", "zh_HK", "zh_MO", "zh_Hant", "Chinese (Traditional)")):
        return "zh_TW"
    return "zh_CN" if locale.startswith(("zh", "Chinese")) else "en"


def language() -> str:
    """The language this process shows: zh_CN, zh_TW or en."""
    return _language


def speak_through(translator: Callable[[str, int], str] | None) -> None:
    """Let the window answer for the process language: translator(text, n) -> translated text; None takes it away."""
    global _translator
    _translator = translator


@lru_cache(None)
def catalogue(lang: str) -> dict[str, tuple[str, ...]]:
    """Source text -> its translated forms (one, or one per plural form) of a language's .ts file."""
    forms: dict[str, tuple[str, ...]] = {}
    path = FOLDER / f"{lang}.ts"
    if not path.exists():
        return forms
    from xml.etree import ElementTree  # the window speaks through Qt's compiled catalogues instead

    for message in ElementTree.parse(path).iter("message"):
        source = message.findtext("source") or ""
        translation = message.find("translation")
        if translation is None or translation.get("type") in ("obsolete", "vanished"):
            continue
        plural = [form.text or "" for form in translation.findall("numerusform")]
        texts = tuple(plural or [translation.text or ""])
        if any(texts):
            forms[source] = texts
    return forms


def listed(parts: Iterable[str], lang: str | None = None) -> str:
    """Several words in a row, with the sign the language puts between them."""
    return ("、" if (lang or _language).startswith("zh") else ", ").join(parts)


def together(sentences: Iterable[str], lang: str | None = None) -> str:
    """Whole sentences one behind the other; the full stop of Chinese has its room in itself. Empty ones are left out."""
    return ("" if (lang or _language).startswith("zh") else " ").join(filter(None, sentences))


def _translated(text: str, lang: str, n: int | None) -> str:
    if _translator is not None and lang == _language:
        return _translator(text, -1 if n is None else n)
    if lang == "en" and n is None:
        return text
    forms = catalogue(lang).get(text)
    if not forms:
        return text
    # The only plural rule needed: English tells one from many, Chinese does not.
    return forms[0] if n is None or n == 1 or len(forms) == 1 else forms[1]


def say(text: str, lang: str | None = None, n: int | None = None, **values: object) -> str:
    """`text` in `lang` (default: the process language) with {named} values and, for `n`, %n filled in."""
    told = _translated(text, lang or _language, n) if text else ""
    if n is not None:
        told = told.replace("%n", f"{n:,}")
    return told.format(**values) if values else told
