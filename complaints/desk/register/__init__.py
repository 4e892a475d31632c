"""The register: read, searched, exported; never written."""
