"""The forms: built, tried, compared, published, and their versions."""
