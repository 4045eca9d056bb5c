"""What an administrator looks at: who is online, what was done, how the database is."""
