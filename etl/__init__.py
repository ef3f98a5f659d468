"""Raw Chinese news articles in; validated, documented datasets out."""
