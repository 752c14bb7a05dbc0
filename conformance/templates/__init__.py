"""The adapters and the function app that `python -m conformance init` writes, to be filled in."""
