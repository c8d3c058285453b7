"""The desk's side of the page: kept conversations, opinions, verification, what changed."""
