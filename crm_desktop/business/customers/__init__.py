"""Customers and the people there: records, contact log, leads and their conversion."""
