"""French typography for the sentences we write ourselves: the spaces that must not break."""

NO_BREAK = "\u00a0"
THIN = "\u202f"

_RULES = {
    "« ": f"«{NO_BREAK}",
    " »": f"{NO_BREAK}»",
    " :": f"{NO_BREAK}:",
    " ;": f"{THIN};",
    " ?": f"{THIN}?",
    " !": f"{THIN}!",
    " Mo": f"{NO_BREAK}Mo",
}


def sentence(template: str, **values: object) -> str:
    """Our sentence with its unbreakable spaces; the values are put in afterwards, untouched."""
    for plain, exact in _RULES.items():
        template = template.replace(plain, exact)
    return template.format(**values)


def count(number: int) -> str:
    """A whole number as French writes it: 20 000."""
    return f"{number:,}".replace(",", THIN)
