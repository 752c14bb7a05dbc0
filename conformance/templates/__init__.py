"""The adapters that `python -m conformance init` writes, to be filled in."""
