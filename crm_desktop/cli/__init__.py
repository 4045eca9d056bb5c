"""The commands without a window: import, export, search, list, show, check."""
