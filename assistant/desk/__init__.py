"""Kept conversations, what people think of answers, and the desk where answers are verified."""
