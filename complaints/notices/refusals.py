"""What a failed sending means: the server is away, the message must wait, or it never passes."""

import smtplib
from enum import Enum

SERVICE_CLOSING = 421


class Verdict(Enum):
    """What to do with a message that did not leave; the value is what a person reads first."""

    SERVER_AWAY = "Serveur de messagerie injoignable"
    LATER = "Refus provisoire"
    NEVER = "Refus définitif"


def judge(error: Exception) -> Verdict:
    """RFC 5321: 4xx may pass later, 5xx never will; without an answer the server is to blame.

    A refused sender or login is a setting that someone will put right, so the message waits.
    Anything else than a network error says that it cannot even be written as an e-mail.
    """
    code = _code(error)
    if not isinstance(error, OSError):  # every error of the network and of smtplib is one
        return Verdict.NEVER
    if isinstance(error, smtplib.SMTPNotSupportedError | smtplib.SMTPSenderRefused):
        return Verdict.SERVER_AWAY if code == SERVICE_CLOSING else Verdict.LATER
    if code is None or code == SERVICE_CLOSING or isinstance(error, _SERVER_ERRORS):
        return Verdict.SERVER_AWAY
    return Verdict.NEVER if code >= 500 else Verdict.LATER


def words(error: Exception) -> str:
    """What the server said, or what the machine says."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return " ; ".join(_answer(*answer) for answer in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__} {error}"


_SERVER_ERRORS = (
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
)


def _code(error: Exception) -> int | None:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return min(code for code, _said in error.recipients.values())
    return getattr(error, "smtp_code", None)


def _answer(code: int, said: bytes | str) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {text}"
