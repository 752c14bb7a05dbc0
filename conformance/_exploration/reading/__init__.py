"""What the laws read: what a scenario says, and what was seen of it, laid side by side."""
