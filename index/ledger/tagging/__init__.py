"""Names, owners and reasons found in a paragraph by a model that has learnt what they look like."""
