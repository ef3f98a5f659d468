"""L: tables to a release: Parquet, DuckDB, dictionary, descriptors, proof."""
