"""The demonstration: real organisations as data, people to log in as, dossiers to handle."""

from pages.demonstration.accounts import ADMIN, accounts, people_of
from pages.demonstration.dossiers import file_samples
from pages.demonstration.organisations import (
    FOLDER,
    ORDER,
    ORGANISATIONS,
    address_of,
    load_organisation,
    read,
)

__all__ = [
    "ADMIN",
    "FOLDER",
    "ORDER",
    "ORGANISATIONS",
    "accounts",
    "address_of",
    "file_samples",
    "load_organisation",
    "people_of",
    "read",
]
