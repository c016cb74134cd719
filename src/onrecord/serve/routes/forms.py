"""What a form of a page says -> a shape of the API; empty fields are as if they were not there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData, ImmutableMultiDict, UploadFile

from onrecord.errors import ServeError

Shape = TypeVar("Shape", bound=BaseModel)


def told(shape: type[Shape], given: FormData | ImmutableMultiDict[str, Any]) -> Shape:
    """The shape that the form fills.

    Raises:
        ServeError: a field is unknown, or a value impossible.
    """
    values: dict[str, Any] = {}
    for name, value in given.multi_items():
        if isinstance(value, UploadFile) or value.strip() == "":
            continue
        values[name] = [*values.get(name, []), value] if _is_list(shape, name) else value
    try:
        return shape.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part)[:80] for part in first["loc"])
        raise ServeError(f"{place}: {first['msg']}", code="serve.bad_request") from error


def _is_list(shape: type[BaseModel], name: str) -> bool:
    fields: Mapping[str, Any] = shape.model_fields
    return name in fields and isinstance(fields[name].default, list)
