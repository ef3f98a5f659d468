"""Times named in a text, and the days they stand for."""
