"""The assistant measured on public sets: retrieval, reading, refusal, citations, time.

``python -m tests.evals.public FOLDER``; the sets are no part of the project.
"""
