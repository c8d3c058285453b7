"""A language model words what the code has found: a draft, of which the code shows what it checked."""
