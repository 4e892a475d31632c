"""What Wagtail's editing screens post: a row as its form sends it back, unchanged."""

from typing import Any

from django import forms
from wagtail import blocks
from wagtail.fields import StreamField

Posted = dict[str, Any]


def as_posted(instance: Any, *fields: str) -> Posted:
    """The named fields of a row, parts of a StreamField one by one as the browser numbers them."""
    data: Posted = {}
    for name in fields:
        field, value = instance._meta.get_field(name), getattr(instance, name)
        if isinstance(field, StreamField):
            data |= _stream(field.stream_block, value, name)
        else:
            value = getattr(instance, field.attname) if field.is_relation else value
            data[name] = "" if value is None else value
    return data


def _stream(block: blocks.StreamBlock, value: Any, prefix: str) -> Posted:
    data: Posted = {f"{prefix}-count": len(value)}
    for number, child in enumerate(value):
        row = f"{prefix}-{number}"
        data |= {
            f"{row}-deleted": "",
            f"{row}-order": number,
            f"{row}-type": child.block_type,
            f"{row}-id": child.id or "",
        }
        data |= _block(child.block, child.value, f"{row}-value")
    return data


def _list(block: blocks.ListBlock, value: Any, prefix: str) -> Posted:
    data: Posted = {f"{prefix}-count": len(value)}
    for number, child in enumerate(value.bound_blocks):
        row = f"{prefix}-{number}"
        data |= {f"{row}-deleted": "", f"{row}-order": number, f"{row}-id": child.id or ""}
        data |= _block(child.block, child.value, f"{row}-value")
    return data


def _block(block: blocks.Block, value: Any, prefix: str) -> Posted:
    match block:
        case blocks.StreamBlock():
            return _stream(block, value, prefix)
        case blocks.ListBlock():
            return _list(block, value, prefix)
        case blocks.StructBlock():
            parts = (
                _block(child, value[name], f"{prefix}-{name}")
                for name, child in block.child_blocks.items()
            )
            return {name: text for part in parts for name, text in part.items()}
    return _plain(block, value, prefix)


def _plain(block: blocks.Block, value: Any, prefix: str) -> Posted:
    """A box that is not ticked is not posted."""
    shown = block.value_for_form(value)
    if isinstance(shown, list) and isinstance(block.field.widget, forms.TextInput):
        shown = block.field.widget.format_value(shown)  # several keys in one box
    if isinstance(block, blocks.BooleanBlock):
        return {prefix: "on"} if shown else {}
    return {} if shown is None else {prefix: shown}
