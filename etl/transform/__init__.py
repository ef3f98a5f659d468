"""T: documents to articles, paragraphs, metrics. Pure: no file, clock or global state."""
