"""JSON, YAML, schemas, words and files: what knows nothing of the trigger."""
