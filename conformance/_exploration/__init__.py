"""Searches for scenarios that break a law: drawn, played, judged by what is predicted, and shrunk."""
