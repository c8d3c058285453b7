"""A language model words what the code has found; the code checks each sentence of it."""
