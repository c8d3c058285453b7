"""The ledger on the page: its table, checks, charts, corrections and export."""
