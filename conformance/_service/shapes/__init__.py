"""What a JSON value may be: the terms in which the tables of fields are written."""

from conformance._service.shapes.records import Field, Record, Tagged, by_type, must_be
from conformance._service.shapes.several import Either, Entries, Items
from conformance._service.shapes.shape import Shape, find_departures
from conformance._service.shapes.values import Anything, Flag, Number, Text

__all__ = [
    "Anything",
    "Either",
    "Entries",
    "Field",
    "Flag",
    "Items",
    "Number",
    "Record",
    "Shape",
    "Tagged",
    "Text",
    "by_type",
    "find_departures",
    "must_be",
]
