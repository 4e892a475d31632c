"""A procedure made from another one: the same rules, but for the parts that are said to differ."""

from collections.abc import Mapping
from typing import Any

# Where a new item of a list stands: right after the one of that key, else at the end.
AFTER = "after"


def overlay(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The raw definition `base`, changed; neither is modified.

    An object is changed name by name. A list of items that have a key is changed by an object
    ``{key: item}``: an item that exists is changed in the same way, one that does not is added
    (its ``after`` says where), None removes it. Anything else, another list included, replaces
    what was there. Raises KeyError when what is to be removed or stood after is not there.
    """
    return {
        **base,
        **{name: _changed(base.get(name), value) for name, value in changes.items()},
    }


def _changed(before: Any, value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    if isinstance(before, list):
        return _list_changed(before, value)
    return overlay(before if isinstance(before, Mapping) else {}, value)


def _list_changed(before: list[dict[str, Any]], changes: Mapping[str, Any]) -> list[dict[str, Any]]:
    items = {item["key"]: item for item in before}
    for key, change in changes.items():
        if change is None:
            del items[key]
        elif key in items:
            items[key] = overlay(items[key], change)
        else:
            items = _with_new(items, key, dict(change))
    return list(items.values())


def _with_new(items: dict[str, Any], key: str, item: dict[str, Any]) -> dict[str, Any]:
    after = item.pop(AFTER, None)
    new = {key: {"key": key, **item}}
    if after is None:
        return items | new
    keys = list(items)
    place = keys.index(after) + 1 if after in items else _missing(after)
    return (
        {name: items[name] for name in keys[:place]}
        | new
        | {name: items[name] for name in keys[place:]}
    )


def _missing(key: str) -> int:
    raise KeyError(key)
