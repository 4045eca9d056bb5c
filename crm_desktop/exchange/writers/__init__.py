"""Writes sheets: .xlsx and .csv, streamed in flat memory, whole or not at all."""
