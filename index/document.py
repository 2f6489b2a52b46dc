"""Values that describe themselves: a field that is added is in their JSON and in the description of the API alike."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, TypeAdapter

Count = Annotated[int, Field(ge=0)]
Day = Annotated[str | None, Field(json_schema_extra={"format": "date"})]


class Document:
    """What can be written as a JSON document, and made of one: the base of dataclasses whose fields have docstrings."""

    __slots__ = ()
    # What has a default is optional where it is read, as other versions may not have it, and always written.
    __pydantic_config__ = ConfigDict(use_attribute_docstrings=True, json_schema_serialization_defaults_required=True)

    def to_dict(self) -> dict[str, Any]:
        """The same as the command line, HTTP and an export have it in JSON."""
        document: dict[str, Any] = self._adapter().dump_python(self, mode="json", by_alias=True)
        return document

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Self:
        """What `to_dict` wrote, by this or by another version of the program.

        Fields that this version does not know are left out; those that the other did not know have their default.

        Raises:
            ValueError: the document is none of these.
        """
        made: Self = cls._adapter().validate_python(document)
        return made

    @classmethod
    @cache  # made when it is needed first: a question on the command line may never need it
    def _adapter(cls) -> TypeAdapter[Any]:
        return TypeAdapter(cls)
