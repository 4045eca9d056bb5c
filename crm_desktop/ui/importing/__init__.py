"""Bringing a workbook in: choose the file, map its columns, look at the verdicts, import, take it back."""
