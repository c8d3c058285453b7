"""English questions asked in the words of the Chinese documents."""
