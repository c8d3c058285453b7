"""What the documents say of a named thing: every cell, label and sentence, one chosen."""
