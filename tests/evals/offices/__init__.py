"""Seventeen invented offices, whose documents and questions others than the code's authors wrote."""
