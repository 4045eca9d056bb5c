"""The figures of the style guide: colours of both themes, type scale and sizes; nothing else names a colour
or a size."""

from __future__ import annotations

# fmt: off
LIGHT: dict[str, str] = {
    "bg": "#F4F5F7", "surface": "#FFFFFF", "raised": "#FFFFFF", "sidebar": "#FAFBFC",
    "header": "#F7F8FA", "hover": "#F2F4F7", "pressed": "#E7EAEF", "border": "#E3E6EB",
    "border_strong": "#C9CFD8", "grid": "#EEF0F3",
    "text": "#1A2130", "text2": "#596475", "text3": "#6B7686", "on_accent": "#FFFFFF",
    "accent": "#2A62E0", "accent_hover": "#1F52C8", "accent_pressed": "#1945AD",
    "accent_bg": "#E9F0FE", "accent_text": "#1F52C8", "sel": "#E3ECFD", "sel_text": "#1A2130",
    "ok": "#12753A", "ok_bg": "#E5F5EA", "warn": "#A85A06", "warn_bg": "#FDF1DC",
    "bad": "#C22B1F", "bad_bg": "#FCEAE8",
    "info": "#0E7490", "info_bg": "#E0F3F8", "violet": "#6D3FD1", "violet_bg": "#F0EAFD",
    "grey": "#596475", "grey_bg": "#EDEFF3",
    "shadow": "#1A2130", "scrim": "#0A0E16", "scroll": "#C4CAD3",
    "snack": "#232B3A", "snack_text": "#FFFFFF", "snack_accent": "#8FB4FF", "snack_hover": "#364055",
}
DARK: dict[str, str] = {
    "bg": "#121519", "surface": "#1A1E24", "raised": "#22272F", "sidebar": "#15181D",
    "header": "#1E2229", "hover": "#232931", "pressed": "#2B323C", "border": "#2B313A",
    "border_strong": "#444D5A", "grid": "#242A32",
    "text": "#E6E9EE", "text2": "#A5AEBB", "text3": "#848E9C", "on_accent": "#FFFFFF",
    "accent": "#356ADF", "accent_hover": "#4A7EF0", "accent_pressed": "#3465D2",
    "accent_bg": "#1C2C4D", "accent_text": "#8FB4FF", "sel": "#213358", "sel_text": "#F2F5FA",
    "ok": "#58C27D", "ok_bg": "#16301F", "warn": "#E5A445", "warn_bg": "#352711",
    "bad": "#F0776C", "bad_bg": "#3A1C1A",
    "info": "#4FC0DA", "info_bg": "#12303A", "violet": "#AC8BF5", "violet_bg": "#2A2147",
    "grey": "#A5AEBB", "grey_bg": "#292F38",
    "shadow": "#000000", "scrim": "#05070B", "scroll": "#3C4450",
    "snack": "#E6E9EE", "snack_text": "#1A2130", "snack_accent": "#1F52C8", "snack_hover": "#CDD3DC",
}
# fmt: on

# Pixels at 100 %; `theme.px` turns them into what the user's UI size asks for.
TYPE = {
    "caption": 11,
    "small": 12,
    "body": 13,
    "section": 13,
    "amount": 14,
    "prompt": 15,
    "title": 18,
    "kpi": 22,
}
DENSITY = {"compact": 28, "standard": 36, "comfortable": 44}
SCALES = (90, 100, 115, 130)

REGULAR, MEDIUM, SEMIBOLD = 400, 500, 600

CONTROL = 32  # height of buttons and inputs
CHIP = 26
ICON_BUTTON = 28
ICON = 16
ICON_BAR = 18  # icons in the top bar and the sidebar
RADIUS = 6
CARD_RADIUS = 8
PILL = 20
AVATAR = 22
AVATAR_ROUND = 20
AVATAR_HEAD = 44
THUMBNAIL = 28
TABLE_HEADER = 34
LABEL_COLUMN = 84  # labels of a form
LABEL_COLUMN_EN = 104
SIDEBAR = 204
RAIL = 56
SIDEBAR_ITEM = 36
TOPBAR = 52
STATUSBAR = 26
DOCK_GAP = 6
VIEW_MINIMUM = 360  # every view must still work at this width
DETAIL_WIDTH = 372
DETAIL_MINIMUM = 320
DETAIL_HEAD = 76

TONES = ("grey", "info", "accent", "violet", "warn", "ok", "bad")
AVATAR_TONES = ("accent", "violet", "info", "ok", "warn")
