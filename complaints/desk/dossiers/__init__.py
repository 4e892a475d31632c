"""The dossiers: the queue, one of them read, its files, its moves and its notes."""
