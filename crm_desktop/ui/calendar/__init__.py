"""The calendar: month, week and day with dragging, overlap and keyboard; it knows no database."""
