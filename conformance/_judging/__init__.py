"""Plays a case against an implementation, and judges what was seen."""
