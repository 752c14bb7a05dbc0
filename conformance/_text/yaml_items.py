"""Where the items of a YAML list stand in its text, so that some can be changed and everything else is kept.

Writing the whole list again would not keep it: ruamel.yaml's round trip joins texts of several lines, makes indents and
line ends alike, and removes the comment above the next item together with an item.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import yaml

from conformance._text.yaml_documents import tokens_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPlace:
    """Where an item stands, in characters of the text.

    `start` is where its dash or, in brackets, its brace stands, `column` the number of characters before that in its
    line, `end` where its last value ends, and `stop` where its comma ends, or the same as `end` without one.
    """

    start: int
    column: int
    end: int
    stop: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlace:
    """Where the items of a list stand, and where the list ends: at its closing bracket, or with the document."""

    items: tuple[ItemPlace, ...]
    in_brackets: bool
    end: int

    @property
    def column(self) -> int:
        """How far an item is indented."""
        return self.items[0].column if self.items else 2 * self.in_brackets

    @property
    def ends_with_comma(self) -> bool:
        """Whether a comma stands after the last item."""
        return bool(self.items) and self.items[-1].stop > self.items[-1].end


def find_items(text: str) -> ListPlace:
    """Find the items of a file that holds a list of mappings of scalars, or nothing, as was checked before."""
    items: list[ItemPlace] = []
    in_brackets = False
    end = len(text)
    for token in tokens_of(text):
        start, stop = token.start_mark.index, token.end_mark.index
        if isinstance(token, yaml.FlowSequenceStartToken):
            in_brackets = True
        elif isinstance(token, yaml.FlowMappingStartToken if in_brackets else yaml.BlockEntryToken):
            items.append(ItemPlace(start=start, column=token.start_mark.column, end=stop, stop=stop))
        elif items and isinstance(token, yaml.ScalarToken | yaml.FlowMappingEndToken):
            stop = start + len(text[start:stop].rstrip())  # a block scalar ends after the empty lines
            items[-1] = replace(items[-1], end=stop, stop=stop)
        elif isinstance(token, yaml.FlowEntryToken):
            items[-1] = replace(items[-1], stop=stop)
        elif isinstance(token, yaml.FlowSequenceEndToken | yaml.DocumentEndToken):
            end = min(start, end)
    return ListPlace(items=tuple(items), in_brackets=in_brackets, end=end)


def without(text: str, item: ItemPlace) -> str:
    """Return a text without an item and its comments: those on its lines, and those below that are indented more."""
    line = item.start - item.column
    after = r"[ \t]*(#[^\r\n]*)?"
    if not text[line : item.start].strip():
        deeper = rf"(\s*^[ \t]{{{item.column + 1},}}#[^\r\n]*(\r?\n|\Z))*"
        lines = re.compile(rf"{after}(\r?\n|\Z){deeper}", re.MULTILINE).match(text, item.stop)
        if lines:
            return text[:line] + text[lines.end() :]
    return text[: item.start] + re.sub(rf"\A{after}", "", text[item.stop :])


def with_instead(text: str, item: ItemPlace, items: str, indent: str) -> str:
    """Return a text with other items instead of one, below the comments in it; `indent` is as for `with_more`."""
    before, after = text[: item.start], text[item.end :]
    comments = list(_comments_in(text, item))
    if comments and text[item.start - item.column : item.start].strip():
        before = before.rstrip() + indent
    return before + indent.join([*comments, items]) + after


def _comments_in(text: str, item: ItemPlace) -> Iterator[str]:
    """Yield the comments in an item: what stands between its tokens, or beside the `|` or `>` of one."""
    part = " " * item.column + text[item.start : item.end]
    end = 0
    for token in tokens_of(part):
        start, stop = token.start_mark.index, token.end_mark.index
        if isinstance(token, yaml.ScalarToken) and token.style in {"|", ">"}:
            start += len(part[start:stop].splitlines()[0])
        yield from re.findall(r"#[^\r\n]*", part[end:start])
        end = stop


def without_last_comma(text: str) -> str:
    """Return a text without the comma after the last item of its list."""
    place = find_items(text)
    if not place.ends_with_comma:
        return text
    stop = place.items[-1].stop
    return text[: stop - 1] + text[stop:]


def with_start(text: str, newline: str) -> str:
    """Return a text with `---` before its `...` if nothing else stands there, which is not YAML."""
    _, first, *_ = tokens_of(text)
    if not isinstance(first, yaml.DocumentEndToken):
        return text
    start = first.start_mark.index
    return f"{text[:start]}---{newline}{text[start:]}"


def with_more(text: str, items: str, indent: str) -> str:
    """Return a text with more items at the end of its list; `indent` is a line end and the indent after it."""
    text = without_last_comma(text)
    place = find_items(text)
    head, tail = text[: place.end], text[place.end :]
    if place.in_brackets:
        if place.items:
            last = place.items[-1]
            head = f"{head[: last.end]},{head[last.end :]}"
        kept = head.rstrip()
        return kept + indent + items + head[len(kept) :] + tail
    newline = indent.rstrip(" ")
    if head and not head.endswith("\n"):
        head += newline
    return head + indent.removeprefix(newline) + items + newline + tail
