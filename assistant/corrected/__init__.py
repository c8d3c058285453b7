"""Corrections as facts: what a document says was wrong, what is right, and of what."""
