"""From what the block editor holds to plain JSON, the only thing a version freezes."""

from typing import Any

from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.rich_text import RichText


def plain(value: Any) -> Any:
    """Lists for streams, dicts for structures, the stored HTML for rich text; the rest as it is."""
    if isinstance(value, StreamValue):
        return [plain(child.value) for child in value]
    if isinstance(value, ListValue):
        return [plain(child) for child in value]
    if isinstance(value, StructValue):
        return {name: plain(child) for name, child in value.items()}
    if isinstance(value, RichText):
        return value.source
    return value


def stream(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The other way: plain objects as the raw data of a stream of one kind of block, `item`."""
    return [{"type": "item", "value": item} for item in items]
