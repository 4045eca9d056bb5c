"""What happens by itself: reminders that ring, reports exported at their time, the clockwork that looks every half minute.

Knows records, no Qt, no reports and no printing: who puts the program together hands in the function that writes a file.
"""
