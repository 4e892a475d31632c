"""The mail server that stories send to."""

from tests.smtp_sink import smtp_sink

__all__ = ["smtp_sink"]
