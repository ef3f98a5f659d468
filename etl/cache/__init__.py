"""What a run keeps for the next one: the rows of every document, with what they were made of.

::

    .datasets.etl-cache/        beside the release; hidden, so that no walk reads it as a source
      lock                      held while a run uses it
      3f0c…/                    all that one version of the code made with the same options
        ledger.sqlite           each file with its digest, and the part that holds its rows
        parts/5e/5e81…/         the rows of one batch: Parquet tables, and a manifest of them
        partial/, spool/        what is being written; nothing outlasts a run

A part never changes. Its name is the digest of what it was made of; its manifest lists its files
and the digests of its tables, so that a damaged part is noticed, and a lost ledger written anew.
"""
