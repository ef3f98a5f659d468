"""E: bytes to documents. Nothing here interprets what a document says."""
