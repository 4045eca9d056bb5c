"""What the program itself keeps for people: saved views, schedules, first start."""
