"""Departments, staff, roles and who may do what."""
