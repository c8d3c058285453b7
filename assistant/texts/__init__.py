"""Answers from named documents and speakers: what they say and demand, in their order."""
