"""Invented offices, whose documents and questions others than the authors of the code wrote."""
