"""Known failures of an implementation: read, applied, and rewritten."""
