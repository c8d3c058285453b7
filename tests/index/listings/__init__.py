"""Tests of index.listings."""
