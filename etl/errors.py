"""The exceptions a user can meet.

Wrong data never raises: it becomes a row with a reason. What raises is wrong usage, an
unreadable release, or a mistake in the program's own grammar::

    EtlError                 one clear sentence; `exit_code` for the command line
    ├── UsageError      (2)  the call cannot be carried out as asked
    │   └── SourceError (2)  a source is missing or holds no document
    ├── WorkerDiedError (1)  a process ended before its task was done
    ├── StorageError    (1)  object storage cannot be reached, or refuses
    ├── ReleaseError    (1)  a release is missing, broken or not as described
    ├── ValidationError (1)  records break a rule of their own schema
    └── GrammarError    (1)  a grammar file is not as its room expects it
"""

from __future__ import annotations


class EtlError(Exception):
    """Anything that ends a command with a sentence instead of a traceback."""

    exit_code = 1


class UsageError(EtlError):
    """The call cannot be carried out as asked: a wrong option, table or query."""

    exit_code = 2


class SourceError(UsageError):
    """A source is missing, unreadable as a whole, or holds no document."""


class WorkerDiedError(EtlError):
    """A worker process ended before its task was done: killed, crashed, or out of memory."""


class StorageError(EtlError):
    """Object storage cannot be reached, or refuses what is asked of it."""


class ReleaseError(EtlError):
    """A release is missing, broken, or does not match its own description."""


class ValidationError(EtlError):
    """Records break a rule of their own schema: a fault of the program, not of the data."""


class GrammarError(EtlError):
    """A grammar file is not as its room expects it; the message names file and rule."""
