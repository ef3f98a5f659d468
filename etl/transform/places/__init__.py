"""Places named in a text, and which region each is."""
