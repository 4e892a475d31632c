"""Whole lives, played through the doors with the time frozen."""
