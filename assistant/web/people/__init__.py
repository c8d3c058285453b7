"""Managing people in the page: accounts, collections and their rights, the audit log."""
