"""What each answer of a mail server, and each silence, makes of a message."""

import smtplib

import pytest

from complaints.notices.refusals import Verdict, judge, words


def recipient(code: int) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"dora@exemple.example": (code, "Réponse".encode())})


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (recipient(550), Verdict.NEVER),
        (recipient(553), Verdict.NEVER),
        (recipient(450), Verdict.LATER),
        (recipient(421), Verdict.SERVER_AWAY),
        (smtplib.SMTPDataError(554, b"Spam"), Verdict.NEVER),
        (smtplib.SMTPDataError(451, b"Plus tard"), Verdict.LATER),
        (smtplib.SMTPDataError(421, b"Fermeture"), Verdict.SERVER_AWAY),
        (smtplib.SMTPSenderRefused(550, b"Qui ?", "nous@exemple.example"), Verdict.LATER),
        (smtplib.SMTPSenderRefused(421, b"Trop", "nous@exemple.example"), Verdict.SERVER_AWAY),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), Verdict.LATER),
        (smtplib.SMTPAuthenticationError(535, b"Non"), Verdict.SERVER_AWAY),
        (smtplib.SMTPConnectError(554, b"Pas vous"), Verdict.SERVER_AWAY),
        (smtplib.SMTPServerDisconnected("Coupure"), Verdict.SERVER_AWAY),
        (ConnectionRefusedError(), Verdict.SERVER_AWAY),
        (TimeoutError(), Verdict.SERVER_AWAY),
        (ValueError("un retour à la ligne dans une adresse"), Verdict.NEVER),
    ],
    ids=repr,
)
def test_a_failure_is_judged_by_who_is_to_blame(error: Exception, verdict: Verdict) -> None:
    assert judge(error) is verdict


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (recipient(550), "550 Réponse"),
        (smtplib.SMTPDataError(554, b"Spam"), "554 Spam"),
        (smtplib.SMTPDataError(554, b"\xff"), "554 �"),
        (TimeoutError("timed out"), "TimeoutError timed out"),
    ],
    ids=repr,
)
def test_the_servers_own_words_are_kept(error: Exception, said: str) -> None:
    assert words(error) == said
