"""SEND: the outbox. Written with the deed, sent after it, retried, visible."""
