"""Questions over one table, whatever its rows are: by its own headings and its own words."""
