"""Case files: read, checked, expanded, spelled for every surface, and linted."""
