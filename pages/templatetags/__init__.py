"""What the public templates ask for."""
