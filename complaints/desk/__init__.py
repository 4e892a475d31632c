"""DOOR: the staff’s screens in the Wagtail admin."""
