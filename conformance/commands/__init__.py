"""The commands of `python -m conformance`: a module for each, with HELP, add_arguments and run."""
