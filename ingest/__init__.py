"""A file becomes passages in the library: read, outline, split, store."""
