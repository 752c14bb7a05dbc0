"""Keeps an implementation from doing harm: its time, its environment, its connections, what it leaves behind."""
