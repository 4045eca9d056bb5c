"""Sheets in and out: reads workbooks and text tables, maps and imports them, writes them. Knows fields, not businesses; no Qt."""
