"""Long proofs, each with a command of its own; short forms of them run with the ordinary tests."""
