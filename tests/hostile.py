"""Texts that try to be more than words, and readers that say whether they succeeded."""

from html.parser import HTMLParser

# No token of a page is made of such letters.
MARK = "zqé7"
OVERRIDE = "\u202e"
LONG = f"{MARK}{'a' * 99_996}"
TEXTS = {
    "script": f"<script>alert('{MARK}')</script>",
    "attribute": f"\"'><img src=x onerror=alert('{MARK}')>",
    "marks": f"{{{{ 7*7 }}}} {MARK} {{{{ nom }}}} {{% include 'x' %}} [code] %(nom)s {{nom}}",
    "link": f"javascript:alert({MARK}) https://exemple.example/{MARK} <javascript:x>",
    "markup": f"</dd></dl></p></div></body><!-- {MARK} &lt;b&gt; ]]> <pdf:nextpage /> <a href=x>",
    "override": f"facture{OVERRIDE}fdp.{MARK}",
    "isolate": f"\u2066\u2067{OVERRIDE}{MARK}\u200f\u061c",
    "arabic": f"{MARK} مرحبا بالعالم",
    "zalgo": f"{MARK} Z\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308a\u0320\u0321\u0322l" * 5,
    "emoji": f"{MARK} 👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 é\u0301 𝕬 ﷽",
    "headers": f"Camille {MARK}\r\nBcc: victime@exemple.example\r\n\r\nAutre corps",
    "formula": f"=cmd|' /C calc'!A0 {MARK}",
    "plus": f"+1+1 {MARK}",
    "minus": f"-2+3+cmd|' /C {MARK}'!D2",
    "at": f"@SUM(1+1)*cmd|'{MARK}'!A0",
    "wide": f"＝1+1 {MARK}",
    "separator": f'";=1+1;"{MARK}',
    "long": LONG,
}
# What ends a paragraph for the direction of writing, and what may hold any text without harm.
BLOCKS = {
    *("p", "div", "dd", "dt", "dl", "td", "th", "tr", "table", "li", "ul", "ol", "h1", "h2", "h3"),
    *("h4", "summary", "details", "section", "article", "blockquote", "header", "footer", "main"),
    *("legend", "fieldset", "textarea", "option", "title", "br", "form", "nav", "aside", "body"),
}
# Where an attribute may repeat what was typed.
LINKS = ("/", "?", "mailto:", "https://exemple.example/")
HARMLESS = {"value", "content", "title", "alt", "placeholder", "aria-label", "data-copy"}


class Page(HTMLParser):
    """A page as a browser reads it: its words, and what in it was made by a hostile text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.wrong = [], []
        self.within: list[str] = []
        self.flipped = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if MARK in name + tag or (MARK in (value or "") and not _is_words(name, value)):
                self.wrong.append(f"<{tag} {name}={value!r}>")
        self.flipped = self.flipped and tag not in BLOCKS
        if tag in ("script", "style", "bdi"):
            self.within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.flipped = self.flipped and tag not in BLOCKS
        if self.within and self.within[-1] == tag:
            self.within.pop()

    def handle_comment(self, data: str) -> None:
        if MARK in data:
            self.wrong.append(f"<!--{data}-->")

    def handle_data(self, data: str) -> None:
        if {"script", "style"} & set(self.within):
            if MARK in data:
                self.wrong.append(f"dans un script : {data}")
            return
        if self.flipped and data.strip():
            self.wrong.append(f"à l’envers : {data.strip()!r}")
            self.flipped = False
        self.words.append(data)
        if OVERRIDE in data and "bdi" not in self.within:
            self.flipped = True
            after = data.rpartition(OVERRIDE)[2].partition(MARK)[2].strip(" \n\t\u200f\u061c")
            if after:
                self.wrong.append(f"à l’envers : {after!r}")

    def tells(self, text: str) -> bool:
        """Whether the whole text is there to be read."""
        return plain(text) in plain(" ".join(self.words))


def plain(text: str) -> str:
    """Every space as one; what a screen does to spaces is not the question."""
    return " ".join(text.split())


def _is_words(name: str, value: str) -> bool:
    return name in HARMLESS or (name == "href" and value.startswith(LINKS))
