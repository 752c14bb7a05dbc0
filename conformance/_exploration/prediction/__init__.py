"""What is expected of a scenario before it is played, in the terms of case files."""
