"""DO: one file a deed. The only writer of dossiers; a door makes one call into it."""
