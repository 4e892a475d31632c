"""Commands that serve the public site."""
