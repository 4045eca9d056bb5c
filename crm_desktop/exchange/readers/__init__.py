"""What runs in the reader process: one file is turned into rows of plain values, without ever touching the program itself."""
