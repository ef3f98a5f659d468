"""Who made an article: authors, editors, photographers, the medium and its dateline."""
