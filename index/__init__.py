"""From a corpus to a searchable, cited index. Knows nothing of questions."""
