"""The assistant over HTTP, for programs: /api/v1."""
