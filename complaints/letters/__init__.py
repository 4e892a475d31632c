"""WRITE: letters and reports. A template and facts become HTML, then a PDF."""
