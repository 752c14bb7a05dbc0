"""Conformance suite for the assistant skill trigger of Azure Functions."""

__version__ = "0.1.0"
