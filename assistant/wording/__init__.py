"""Questions in whatever words, put in the usual ones by what was learnt from wordings."""
