"""Adapters for implementations that others ship."""
