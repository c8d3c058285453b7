"""Seventeen invented offices, whose documents and questions were written by others than the code."""
