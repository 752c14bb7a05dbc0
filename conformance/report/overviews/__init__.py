"""Published implementations side by side, in Markdown and HTML."""
