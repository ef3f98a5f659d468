"""What the paragraphs are: headline, headings, captions, boilerplate, body."""
