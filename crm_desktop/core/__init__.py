"""How records work: fields, the one door, rights, the journal. Knows no business and no Qt."""
