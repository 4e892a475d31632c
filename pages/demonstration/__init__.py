"""The demonstration: real organisations as data, people to log in as, dossiers to handle."""

from pages.demonstration.accounts import accounts
from pages.demonstration.dossiers import file_samples
from pages.demonstration.organisations import FOLDER, load_organisation, read

__all__ = ["FOLDER", "accounts", "file_samples", "load_organisation", "read"]
