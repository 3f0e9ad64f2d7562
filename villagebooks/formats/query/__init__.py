"""The query file `.vbq`: everything disclosed of one book, opened by who knows an ID number and holds a reader key."""

from villagebooks.formats.query.database import QueryDatabase, build_database, open_database
from villagebooks.formats.query.header import QUERY_KIND, QueryHeader, read_header
from villagebooks.formats.query.read import (
    Lookup,
    QueryFile,
    check_roles,
    lookup,
    lookup_all,
    open_folder,
    open_query_file,
    read_credential,
)
from villagebooks.formats.query.reader import ReaderKey, make_reader_key, read_reader_key, write_reader_key
from villagebooks.formats.query.write import QueryExport, write_query_file
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.key import CannotOpen, WrongPassphrase

__all__ = [
    "QUERY_KIND",
    "CannotOpen",
    "FormatError",
    "Lookup",
    "QueryDatabase",
    "QueryExport",
    "QueryFile",
    "QueryHeader",
    "ReaderKey",
    "WrongPassphrase",
    "build_database",
    "check_roles",
    "lookup",
    "lookup_all",
    "make_reader_key",
    "open_database",
    "open_folder",
    "open_query_file",
    "read_credential",
    "read_header",
    "read_reader_key",
    "write_query_file",
    "write_reader_key",
]
