"""The reader of the suite's data files: JSON's values, each with its line."""

import pytest
import yaml

from conformance._data.corpus import CASES
from conformance._text import yaml_documents
from conformance.errors import CaseFileError


@pytest.fixture
def read(tmp_path):
    def read(content):
        path = tmp_path / "file.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return yaml_documents.read(path)

    return read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("123456789012345678901234567890", 123456789012345678901234567890),
        # What YAML 1.1 would read as something else is the text that stands there.
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("True", "True"),
        ("NULL", "NULL"),
        ("2024-04-14", "2024-04-14"),
        ("010", "010"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        (".5", ".5"),
        ("+1", "+1"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("=", "="),
        # Quotes and blocks make text of anything.
        ('"true"', "true"),
        ("'12'", "12"),
        ('""', ""),
        ('"\\u00e4"', "ä"),
        ("|\n  12\n", "12\n"),
        (">-\n  one\n  two\n", "one two"),
        ("[]", []),
        ("{}", {}),
        ("{a: , b: [1, {c: no}]}", {"a": None, "b": [1, {"c": "no"}]}),
        ("1: one", {"1": "one"}),
        ("true: yes", {"true": "yes"}),
        ("<<: {a: 1}", {"<<": {"a": 1}}),
        ("", None),
        ("# nothing\n", None),
        ("\ufeffa: 1", {"a": 1}),
    ],
)
def test_reads_scalars_as_json_does(read, text, value):
    read_value = read(text).value
    assert read_value == value
    assert type(read_value) is type(value)


def test_knows_the_line_of_each_key_and_item(read):
    document = read("# about\n- a: 1\n  b:\n    - x\n    - {y: 1,\n       z: 2}\n- c: 3\n")
    lines = {(0,): 2, (0, "a"): 2, (0, "b"): 3, (0, "b", 0): 4, (0, "b", 1, "y"): 5, (0, "b", 1, "z"): 6, (1,): 7}
    assert {location: document.line_of(location) for location in lines} == lines


def test_points_at_the_nearest_line_outwards(read):
    document = read("- a: 1\n- b:\n    - x\n")
    assert document.line_of((1, "b", 0, "no", "such")) == 3
    assert document.line_of((7,)) == 1


DEEP = "[" * 61 + "]" * 61
BOTTOMLESS = "[" * 100_000


@pytest.mark.parametrize(
    ("content", "line", "found", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "the key 'a' a second time", "each key once"),
        ("- x\n- {a: 1, b: {c: 1, c: 1}}\n", 2, "the key 'c' a second time", "each key once"),
        ("a: 1\nb: *name\n", 2, "an alias (*name)", "the value itself"),
        ("a: 1\nb: &name 1\n", 2, "an anchor (&name)", "the value itself"),
        ("a: &name\n  - *name\n", 1, "an anchor (&name)", "the value itself"),
        ("a: 1\nb: !secret x\n", 2, "the tag !secret", "no tags"),
        ("a: !!python/name:os.system x\n", 1, "the tag tag:yaml.org,2002:python/name:os.system", "no tags"),
        ("a: !!str 12\n", 1, "the tag tag:yaml.org,2002:str", "no tags"),
        ("a: !!int '12'\n", 1, "the tag tag:yaml.org,2002:int", "no tags"),
        ("a: !thing {b: 1}\n", 1, "the tag !thing", "no tags"),
        ("a: !thing [1]\n", 1, "the tag !thing", "no tags"),
        ("*name : 1\n", 1, "a key that is not text", "text"),
        ("!tag a: 1\n", 1, "a key that is not text", "text"),
        ("? [a, b]\n: 1\n", 1, "a key that is not text", "text"),
        ("a: 1\n---\nb: 2\n", 2, "a second document", "one document"),
        ("a: 1\n  b: 2\n", 2, "mapping values are not allowed", "valid YAML"),
        ("a: [1, 2\nb: 3\n", 2, "did not find expected", "valid YAML"),
        ('a: "open\n', 2, "end of", "valid YAML"),
        ("a:\n\t- 1\n", 2, "a tab", "spaces: YAML takes no tab there"),
        ("\ufeffé: ü\r\na:\r\n\t- 1\r\n", 3, "a tab", "spaces: YAML takes no tab there"),
        ("a: @b\n", 1, "cannot start any token", "valid YAML"),
        ("%YAML 9.0\n---\na: 1\n", 1, "incompatible YAML document", "valid YAML"),
        ("a: ok\nb: \x00\n", 2, "the control character #x0000", "valid YAML"),
        ("a: ok\nb: \x07\n", 2, "the control character #x0007", "valid YAML"),
        (b"a: 1\nb: \xff\n", 2, "byte 8 is not UTF-8", "UTF-8 text"),
        ("a: ä".encode("utf-16"), 1, "is not UTF-8", "UTF-8 text"),
        (DEEP, 1, "nested too deeply", "at most 60 levels"),
        (BOTTOMLESS, 1, "nested too deeply", "at most 60 levels"),
        (b"a" * 2_000_001, 1, "2000001 bytes", "at most 2000000"),
        ("a: 1e999\n", 1, 'the number "1e999"', "one that a double can hold"),
        ("a: " + "9" * 5000 + "\n", 1, "(5000 characters)", "one that a double can hold"),
    ],
    ids=lambda value: repr(value[:30]) if isinstance(value, str | bytes) else str(value),
)
def test_refuses_what_is_not_this_form(read, content, line, found, expected):
    with pytest.raises(CaseFileError) as caught:
        read(content)
    error = caught.value
    assert (error.line, error.expected) == (line, expected)
    assert found in error.found
    assert str(error) == f"{error.path}:{error.line}: {error.found}; expected {error.expected}"


def test_takes_values_nested_to_the_limit(read):
    assert read("[" * 60 + "]" * 60).value is not None


def test_says_that_a_file_is_missing(tmp_path):
    with pytest.raises(CaseFileError, match=r"nothing\.yaml:1: cannot be read \(No such file"):
        yaml_documents.read(tmp_path / "nothing.yaml")


def test_says_that_a_folder_is_no_file(tmp_path):
    with pytest.raises(CaseFileError, match="cannot be read"):
        yaml_documents.read(tmp_path)


@pytest.mark.parametrize("path", sorted(CASES.rglob("*.yaml")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_suites_files_are_read_alike_without_libyaml(path, monkeypatch):
    document = yaml_documents.read(path)
    monkeypatch.setattr(yaml_documents, "Loader", yaml.SafeLoader)
    assert yaml_documents.read(path) == document
