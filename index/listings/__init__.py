"""What repeats in running text, read as tables: delimited lines, entries, labelled groups."""
