"""The project: settings, addresses, the WSGI door."""
