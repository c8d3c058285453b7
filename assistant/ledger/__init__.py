"""Answers from the ledger: a filter over records, with its count, citations and arithmetic."""
