"""Files are written whole or not at all, and keep their permissions."""

import os

import pytest

from conformance._text.files import write_atomically


@pytest.fixture
def umask():
    before = os.umask(0o027)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_a_new_file_has_the_mode_that_the_process_gives(tmp_path):
    write_atomically(tmp_path / "new", "text")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640


@pytest.mark.usefixtures("umask")
def test_a_file_keeps_its_mode(tmp_path):
    path = tmp_path / "old"
    path.touch()
    path.chmod(0o604)
    write_atomically(path, ["te", "xt\n"])
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"text\n", 0o604)


def test_what_fails_leaves_nothing_behind(tmp_path):
    path = tmp_path / "old"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError):
        write_atomically(path, (str(1 // number) for number in (1, 0)))
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("old", "old")]
