"""Lists, forms, boards and timelines of any record type, read from its declaration."""
