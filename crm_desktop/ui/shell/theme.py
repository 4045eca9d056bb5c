"""One theme for the whole window: palette, style sheet, colours and fonts made from the tokens, light or
dark, at any UI size.

Painting code asks `colour(name)` and `font(kind)`: both are cached, so that a cell builds no QColor and no
QFont. The objects handed out are shared: do not change them. Widgets that paint themselves or cache pictures
listen to `changed`.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPalette, QPen
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop import __version__
from crm_desktop.core.later import pattern
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.places import cache, resources

SCHEMES = ("system", "light", "dark")
STYLE = "Fusion"
_TITLE_BAR = 40  # px above a dialog, and then some


class _Announcer(QObject):
    changed = Signal()


_announcer = _Announcer()
changed = _announcer.changed
"""Emitted after colours, fonts or sizes are other ones; everything cached from the old theme is stale."""

_tokens: dict[str, str] = dict(tokens.LIGHT)
_scheme = "light"
_dark = False
_scale = 100
_language = "en"
_busy = False
_following: QApplication | None = None
_styled: QApplication | None = None


# ---------------------------------------------------------------- what painting code asks for


@lru_cache(None)
def colour(name: str, alpha: int = 255) -> QColor:
    """The colour of a token in the present theme; `alpha` 0-255."""
    made = QColor(_tokens[name])
    made.setAlpha(alpha)
    return made


def brush(name: str, alpha: int = 255) -> QColor:
    """What fills a shape: the colour itself, because making a first QBrush wakes images and gradients."""
    return colour(name, alpha)


@lru_cache(None)
def pen(name: str, width: float = 1.0, alpha: int = 255) -> QPen:
    """A solid, round-ended pen in a token's colour; `width` in pixels."""
    made = QPen(colour(name, alpha), width)
    made.setCapStyle(Qt.PenCapStyle.RoundCap)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return made


@lru_cache(None)
def font(kind: str = "body", weight: int = tokens.REGULAR, tnum: bool = False) -> QFont:
    """A font of the type scale (`tokens.TYPE`), weight 400/500/600; `tnum` gives figures of equal width."""
    made = QFont(QApplication.font())
    made.setPixelSize(px(tokens.TYPE[kind]))
    made.setWeight(QFont.Weight(weight))
    if tnum:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


@lru_cache(None)
def metrics(kind: str = "body", weight: int = tokens.REGULAR, tnum: bool = False) -> QFontMetrics:
    """Measures of `font(kind, weight, tnum)`."""
    return QFontMetrics(font(kind, weight, tnum))


def tone_text(tone: str) -> str:
    """The token that writes text in a tone: the accent itself is too light for letters on its own
    background."""
    return "accent_text" if tone == "accent" else tone


def px(length: float) -> int:
    """A length of the style guide (pixels at 100 %) in the user's UI size."""
    return round(length * _scale / 100)


def roomy(dialog: QWidget, width: int, height: int) -> None:
    """Give a dialog this size, or what the screen holds of it: its buttons must be in reach on a small one, and at a large scale."""
    screen = (dialog.parentWidget() or dialog).screen().availableGeometry()
    dialog.resize(min(px(width), screen.width()), min(px(height), screen.height() - _TITLE_BAR))


def token(name: str) -> str:
    """The value of a colour token as #RRGGBB."""
    return _tokens[name]


def dark() -> bool:
    """Whether the dark theme is shown."""
    return _dark


def scheme() -> str:
    """What the user chose: system, light or dark."""
    return _scheme


def scale() -> int:
    """The UI size in percent."""
    return _scale


# ---------------------------------------------------------------- choosing a theme


def new_application(arguments: Sequence[str]) -> QApplication:
    """The application, in our style from its birth: to change it later makes Qt's whole style known to Python."""
    global _styled
    _styled = QApplication([*arguments, "-style", STYLE])
    return _styled


def apply(app: QApplication, scheme: str = "system", language: str = "en", scale: int = 100) -> None:
    """Dress the application. Called at start, and again when the user changes theme, language or UI size.

    A new UI size or language reaches margins and fixed sizes only when the window is built again.
    """
    global _scheme, _scale, _language, _busy, _following, _styled
    _scheme = scheme if scheme in SCHEMES else "system"
    _scale = scale if scale in tokens.SCALES else 100
    _language = language
    _busy = True
    try:
        if _styled is not app:
            # Once: under a style sheet the application's style has no name to ask for, and setting it
            # polishes everything.
            app.setStyle(STYLE)
            _styled = app
        _dress(app)
    finally:
        _busy = False
    if _following is not app:
        _following = app
        app.styleHints().colorSchemeChanged.connect(_system_changed)


def choose(scheme: str) -> None:
    """Switch to system, light or dark now."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply(app, scheme, _language, _scale)


def toggle() -> None:
    """Switch between light and dark; from then on the system is no longer followed."""
    choose("light" if _dark else "dark")


def _system_changed() -> None:
    if _scheme == "system" and not _busy:
        choose("system")


def _dress(app: QApplication) -> None:
    global _dark
    hints = app.styleHints()
    wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(_scheme, Qt.ColorScheme.Unknown)
    hints.setColorScheme(wanted)  # native title bars on Windows and macOS follow this
    _dark = _scheme == "dark" or (_scheme == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
    _tokens.clear()
    _tokens.update(tokens.DARK if _dark else tokens.LIGHT)
    forget()
    body = _body_font()
    if app.font() != body:
        app.setFont(body)
    app.setPalette(_palette())
    app.setStyleSheet(_style_sheet())
    forget()
    changed.emit()


def forget() -> None:
    """Drop every cached colour and font."""
    for cached in (colour, pen, font, metrics):
        cached.cache_clear()


def families(language: str) -> list[str]:
    """Font families in order of preference for a language on this system."""
    chinese = {"zh_CN": "SC", "zh_TW": "TC"}.get(language, "SC")
    if sys.platform == "win32":
        han = "Microsoft JhengHei UI" if chinese == "TC" else "Microsoft YaHei UI"
        return [han, "Segoe UI"] if language.startswith("zh") else ["Segoe UI Variable Text", "Segoe UI", han]
    if sys.platform == "darwin":
        return [".AppleSystemUIFont", f"PingFang {chinese}"]
    return ["Inter", "Noto Sans", f"Noto Sans CJK {chinese}", "WenQuanYi Micro Hei", "DejaVu Sans"]


def _body_font() -> QFont:
    made = QFont()
    made.setFamilies(families(_language))
    made.setPixelSize(px(tokens.TYPE["body"]))
    # Where only a Chinese font is installed its quotes are as wide as characters; not "pwid", which makes other brackets of those in
    # names. Told in any case: Qt keeps what it was told before.
    made.setFeature(QFont.Tag("palt"), int(_language == "en"))
    plain = sys.platform != "win32"
    made.setHintingPreference(
        QFont.HintingPreference.PreferNoHinting if plain else QFont.HintingPreference.PreferDefaultHinting
    )
    return made


# fmt: off
_ROLES = {
    "Window": "bg", "Base": "surface", "AlternateBase": "header", "Button": "surface", "WindowText": "text",
    "Text": "text", "ButtonText": "text", "BrightText": "bad", "Highlight": "accent",
    "HighlightedText": "on_accent",
    "Link": "accent_text", "LinkVisited": "violet", "ToolTipBase": "snack", "ToolTipText": "snack_text",
    "PlaceholderText": "text3", "Light": "surface", "Midlight": "header", "Mid": "border_strong",
    "Dark": "border_strong", "Shadow": "shadow", "Accent": "accent",
}
# fmt: on


def _palette() -> QPalette:
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(QPalette.ColorRole[role], colour(name))
    for role in ("WindowText", "Text", "ButtonText"):
        made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[role], colour("text3"))
    made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Highlight, colour("border_strong"))
    return made


# ---------------------------------------------------------------- the style sheet


def restyle(widget: QWidget) -> None:
    """Make the style sheet look at a widget's properties again."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it has not looked yet
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


# fmt: off
_GLYPHS = {  # file name -> (icon, colour token, stroke): a style sheet can only show files
    "down": ("chevron-down", "text2", "2"), "up": ("chevron-up", "text2", "2"),
    "left": ("chevron-left", "text2", "2"), "right": ("chevron-right", "text2", "2"),
    "x": ("x", "text2", "2"), "check": ("check", "on_accent", "2.75"), "dash": ("minus", "on_accent", "2.75"),
}
# fmt: on
_LENGTH = pattern(r"(\d+)px")
_TOKEN = re.compile(r"\$(\w+)")


@lru_cache(None)
def _sheet_template() -> str:
    return (resources() / "style" / "app.qss").read_text(encoding="utf-8")


def _style_sheet() -> str:
    values = dict(_tokens)
    values["icons"] = _write_glyphs()
    sheet = _TOKEN.sub(lambda hit: values[hit[1]], _sheet_template())
    if _scale == 100:
        return sheet
    # Hair lines stay hair lines; everything else grows with the UI size.
    return _LENGTH.sub(lambda hit: f"{px(int(hit[1])) if int(hit[1]) > 3 else hit[1]}px", sheet)


def _write_glyphs() -> str:
    """Write the few glyphs the style sheet shows in this theme's colours, once for each version; returns their folder with
    slashes."""
    colours = "-".join(dict.fromkeys(_tokens[token_name][1:] for _icon, token_name, _stroke in _GLYPHS.values()))
    folder = f"{cache().as_posix()}/glyphs/{__version__}-{colours}"
    os.makedirs(folder, exist_ok=True)
    for name, (icon, token_name, stroke) in _GLYPHS.items():
        target = f"{folder}/{name}.svg"
        if os.path.exists(target):
            continue
        drawn = (resources() / "icons" / f"{icon}.svg").read_text(encoding="utf-8")
        drawn = drawn.replace("currentColor", _tokens[token_name]).replace('stroke-width="2"', f'stroke-width="{stroke}"')
        with open(f"{target}.{os.getpid()}", "w", encoding="utf-8") as half:
            half.write(drawn)
        os.replace(half.name, target)  # under its name it is whole, whoever else starts now
    return folder


def follows_system() -> bool:
    """Whether the theme follows the system's light/dark setting."""
    return _scheme == "system" and QGuiApplication.instance() is not None
