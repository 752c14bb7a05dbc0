"""What can be made of the tables of fields: the constraints of each shape, good values, and one that breaks each."""

from conformance._service.departure import EntryKey, Variant
from conformance._service.shapes import Anything, Either, Entries, Field, Flag, Items, Number, Record, Tagged, Text

WORD = {  # where a form is demanded that a does not have
    "an http(s) URL, or a data: URL with the image in base64": "https://a/b",
}


def smallest(shape):  # noqa: PLR0911  (a case for each shape)
    """Make the smallest value of a shape."""
    match shape:
        case Anything():
            return {}
        case Flag():
            return True
        case Number(least=least):
            return 1 if least is None else max(least, 1)
        case Text(words=words, form=form):
            return words[0] if words else WORD.get(form, "a")
        case Items(of=of, fewest=fewest):
            return [smallest(of)] * fewest
        case Entries():
            return {}
        case Either(options=options):
            return smallest(options[0])
        case Record(fields=fields):
            return {field.name: smallest(field.shape) for field in fields if field.required}
        case Tagged(members=members):
            return smallest(next(iter(members.values())))


OF_OTHER_KINDS = (5.5, "a", [], {}, None)


def broken(shape):
    """Yield for each constraint that a shape sets: the path to it, its name, and a value that breaks only it."""
    value = next((value for value in OF_OTHER_KINDS if not shape.takes(value)), None)
    if not shape.takes(value):
        yield (), "type", value
    yield from _broken_inside(shape)


def _broken_inside(shape):  # noqa: C901, PLR0912  (a case for each shape)
    match shape:
        case Number(whole=whole, least=least, most=most):
            kind = "integer" if whole else "decimal"
            if least is not None:
                yield (), f"{kind}_below", least - 1
            if most is not None:
                yield (), f"{kind}_above", most + 1
        case Text(words=words, filled=filled, longest=longest, pattern=pattern):
            if words:
                yield (), "word", "no such word"
            if filled:
                yield (), "empty_text", ""
            if longest:
                yield (), "long_text", "a" * (longest + 1)
            if pattern:
                yield (), "form", "< >"
        case Items(of=of, fewest=fewest, most=most):
            if fewest:
                yield (), "empty_array", []
            if most is not None:
                yield (), "long_array", [smallest(of)] * (most + 1)
            yield from (((0, *path), name, [value]) for path, name, value in broken(of))
        case Entries(of=of, most=most, longest_key=longest_key):
            if most is not None:
                yield (), "many_entries", {str(number): smallest(of) for number in range(most + 1)}
            if longest_key is not None:
                key = "k" * (longest_key + 1)
                yield (EntryKey(key),), "long_key", {key: smallest(of)}
            yield from (((EntryKey("key"), *path), name, {"key": value}) for path, name, value in broken(of))
        case Either(options=options):
            for option in options:
                yield from _broken_inside(option)
        case Record():
            yield from _broken_record(shape)
        case Tagged(tag=tag, members=members):
            yield from _broken_record(Record("", (Field(tag, Text(words=tuple(members)), required=True),)), known=False)
            for word, member in members.items():
                yield from (
                    ((Variant(word), *path), name, value)
                    for path, name, value in _broken_record(member)
                    if path[0] != tag  # the tag itself tells the members apart
                )


def _broken_record(record, *, known=True):
    good = smallest(record)
    for field in record.fields:
        rest = {key: value for key, value in good.items() if key != field.name}
        if field.required:
            yield (field.name,), "missing_older" if field.older else "missing", rest
        if field.null == "doubtful":
            yield (field.name,), "null", {**rest, field.name: None}
        for path, name, value in broken(field.shape):
            if value is not None:
                yield (field.name, *path), name, {**rest, field.name: value}
    if known:
        yield (EntryKey("key"),), record.unknown, {**good, "no_such_key": 1}


def constraints(shape, source="", path=()):
    """Yield every constraint that a shape sets: the path to it, its name, and the source that it is known from."""
    if not all(map(shape.takes, (*OF_OTHER_KINDS, True))):
        yield path, "type", source
    yield from _constraints_inside(shape, source, path)


def _constraints_inside(shape, source, path):
    match shape:
        case Items(of=of):
            yield from constraints(of, source, (*path, 0))
        case Entries(of=of, longest_key=longest_key):
            if longest_key is not None:
                yield (*path, EntryKey("key")), "long_key", source
            yield from constraints(of, source, (*path, EntryKey("key")))
        case Either(options=options):
            for option in options:
                yield from _constraints_inside(option, source, path)
        case Record(fields=fields):
            for field in fields:
                yield from _constraints_of_field(field, field.source or shape.source, path)
            yield (*path, EntryKey("key")), shape.unknown, shape.source
        case Tagged(tag=tag, members=members):
            field = Field(tag, Text(words=tuple(members)), required=True)
            yield from _constraints_of_field(field, next(iter(members.values())).source, path)
            for word, member in members.items():
                yield from _constraints_inside(member, source, (*path, Variant(word)))
    yield from ((path, name, source) for name in _limits(shape))


def _constraints_of_field(field, source, path):
    path = (*path, field.name)
    if field.required:
        yield path, "missing_older" if field.older else "missing", source
    if field.null == "doubtful":
        yield path, "null", source
    yield from constraints(field.shape, source, path)


def _limits(shape):
    match shape:
        case Number(whole=whole, least=least, most=most):
            kind = "integer" if whole else "decimal"
            limits = {f"{kind}_below": least is not None, f"{kind}_above": most is not None}
        case Text(words=words, filled=filled, longest=longest, pattern=pattern):
            limits = {"word": words, "empty_text": filled, "long_text": longest, "form": pattern}
        case Items(fewest=fewest, most=most):
            limits = {"empty_array": fewest, "long_array": most is not None}
        case Entries(most=most):
            limits = {"many_entries": most is not None}
        case _:
            limits = {}
    return [name for name, is_set in limits.items() if is_set]
