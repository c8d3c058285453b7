"""What was verified, as files: a workbook, a report, lines of JSON, and a set of questions."""
