"""Commands without a window, and the writing of reports that window and schedules share."""
