"""Tasks, the calendar, reminders, what a person marked."""
