"""How the reader's weights were made. Not part of the installed program; see README.md."""
