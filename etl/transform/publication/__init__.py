"""When an article was published: dates as newsrooms, blogs and databases write them."""
