"""Arithmetic over figures that prose states: shares, sums, differences, targets met or not."""
