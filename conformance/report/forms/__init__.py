"""The forms that a report takes: the terminal, Markdown, HTML, the badge."""
