"""The frame of the window: theme, sidebar, docks, top bar, palette, commands; knows no records."""
