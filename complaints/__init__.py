"""The dossier, from filing to erasure."""
