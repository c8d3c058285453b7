"""Everything that can go wrong while indexing, as one tree.

IndexingError
├── LoadError                 one file could not be read; the rest goes on
│   ├── UnsupportedFormatError
│   ├── EmptyFileError
│   ├── DamagedFileError
│   ├── EncryptedFileError
│   ├── NoTextLayerError
│   └── EncodingUnknownError
├── ModelError                the embedding model cannot be used
├── StoreError                the index on disk cannot be used
│   ├── NoIndexError
│   ├── IndexBusyError        another process holds the data directory
│   ├── IndexMismatchError    made with another model, metric or version
│   └── IndexDamagedError
├── BackupError               a backup cannot be written or is not understood
└── UnknownDocumentError      no document of that name in the index

A message says what, with the value; why; and what to do next.
"""

from __future__ import annotations


class IndexingError(Exception):
    """Base of all errors that this package raises on purpose."""


class LoadError(IndexingError):
    """One file could not be read."""


class UnsupportedFormatError(LoadError):
    """No loader for this kind of file."""


class EmptyFileError(LoadError):
    """The file holds no text."""


class DamagedFileError(LoadError):
    """The file is broken, cut off, or not what its name says."""


class EncryptedFileError(LoadError):
    """The file needs a password."""


class NoTextLayerError(LoadError):
    """A scan: pages without text."""


class EncodingUnknownError(LoadError):
    """The bytes are in no encoding that can be told with certainty."""


class ModelError(IndexingError):
    """The embedding model is missing or cannot be used."""


class StoreError(IndexingError):
    """The index on disk cannot be used."""


class NoIndexError(StoreError):
    """There is no index in the data directory."""


class IndexBusyError(StoreError):
    """Another process holds the data directory."""


class IndexMismatchError(StoreError):
    """The index was made with another model, metric or version."""


class IndexDamagedError(StoreError):
    """The index is broken and must be rebuilt."""


class BackupError(IndexingError):
    """A backup cannot be written, or is not understood."""


class UnknownDocumentError(IndexingError):
    """The index holds no document of that name."""
