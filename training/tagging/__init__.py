"""Sentences that list projects, put together out of many ways to do so."""
