"""Getting to a team's database on a server: the dialog that tests the way there, what fills an empty one, and what is kept of it."""
