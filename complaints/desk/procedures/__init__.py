"""The procedures: written, rehearsed, reviewed, published, and their versions."""
