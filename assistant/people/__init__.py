"""People: accounts, sessions, tokens, which documents each may see, and who did what."""
