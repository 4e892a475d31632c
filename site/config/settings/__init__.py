"""Four settings: base (shared), demo (default), test, production."""
