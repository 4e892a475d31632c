"""DOOR: the clock and the operator’s tools."""
