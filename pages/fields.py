"""The body of a procedure page: a StreamField whose marks programs read filled, as people do."""

from typing import Any

from rest_framework import serializers
from wagtail.fields import StreamField

from pages.marks import filled, filled_deep


class PartsField(StreamField):
    """Stored as any StreamField: only what the API shows of it differs."""

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


def _schema(generator: Any, field: PartsField) -> tuple[Any, Any, Any]:
    name = field.name

    def resolve(page: Any, context: dict[str, Any]) -> Any:
        value = getattr(page, name)
        return filled_deep(value.stream_block.get_api_representation(value, context), page.marks)

    return list[Any], [], staticmethod(resolve)


def describe_to_the_api() -> None:
    """Called once, when Django is ready: Wagtail's generators need its models."""
    from wagtail.api.v3.schemas.generators.read import read_generator

    read_generator.register_field_schema(PartsField, _schema)
