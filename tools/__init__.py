"""Tools for those who work on Youju."""
