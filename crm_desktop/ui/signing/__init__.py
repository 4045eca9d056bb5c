"""Who works at this window: signing in, passwords, and the lock when nobody is there."""
