"""Arithmetic over figures that prose states."""
