"""The body of a procedure page: a StreamField whose value knows its page, and so its marks."""

from typing import Any

from django.db import models
from rest_framework import serializers
from wagtail.fields import Creator, StreamField

from pages.marks import filled


class _OfItsPage(Creator):
    """Tells the value whose body it is: a block alone could not tell what a mark stands for."""

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        value = super().__get__(instance, owner)
        if instance is not None:
            value.page = instance
        return value


class PartsField(StreamField):
    """Stored as any StreamField."""

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:
        """Wagtail's own way to read the value, and its page besides."""
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, name, _OfItsPage(self))

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Migrations know it by its column, which is Wagtail's."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.fields.StreamField", args, kwargs


class FilledText(serializers.Field):
    """A plain text of the page, its marks filled."""

    def get_attribute(self, instance: Any) -> tuple[str, dict[str, str]]:
        """The text, and the values of its page."""
        return getattr(instance, self.field_name), instance.marks

    def to_representation(self, value: tuple[str, dict[str, str]]) -> str:
        """As a visitor reads it."""
        return filled(*value)
