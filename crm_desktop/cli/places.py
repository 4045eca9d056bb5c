"""Where the program keeps a person's data when no folder is named."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def data_folder() -> Path:
    """The folder for this person's data, by the custom of the system."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming") / "CRM Desktop"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "CRM Desktop"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "crm-desktop"


def place_of(folder: Path) -> str | Path:
    """Where the data is that a folder stands for: in it, or in a team's database, which was chosen in the window. Raises Trouble."""
    from crm_desktop.database.team_place import remembered

    return remembered(folder) or folder
