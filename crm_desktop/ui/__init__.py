"""The window: everything that knows Qt; no other room imports this one."""
