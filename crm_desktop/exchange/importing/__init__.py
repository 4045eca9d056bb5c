"""Bringing rows of a sheet into records: each row gets a verdict, all of them go in as one batch that can be undone."""
