"""The database room: opens SQLite or MySQL/MariaDB, runs units of work safely, migrates and backs up."""
