"""The window: everything that knows Qt; no other room imports this one."""

import crm_desktop.ui.qt_enums
import crm_desktop.ui.qt_import  # noqa: F401 - both before anything else brings Qt in
