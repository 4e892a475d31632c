"""DOOR: the public pages, filing and tracking."""
