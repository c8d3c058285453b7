"""Tests of corrections as facts."""
