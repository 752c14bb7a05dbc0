"""Where scenarios come from: outlines, filled by hand with the values of the pool, or drawn by hypothesis."""
