"""Reads the functions of a built app, with a reader for each form in which languages leave them."""
