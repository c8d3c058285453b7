"""Tests of what is asked of a named thing."""
