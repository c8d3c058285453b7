"""Questions that are several, answered part by part."""
