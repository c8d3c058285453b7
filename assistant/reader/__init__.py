"""Reads a question beside a passage: does it answer, and with which words."""
