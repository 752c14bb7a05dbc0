from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import report_samples as samples

from conformance.report import ENDINGS, ReportError, check_path, write


@pytest.mark.parametrize("ending", ENDINGS)
def test_writes_each_form(ending: str, tmp_path: Path) -> None:
    for report in (samples.with_everything(), samples.hostile()):
        write(report, tmp_path / f"report{ending}")
    assert [path.name for path in tmp_path.iterdir()] == [f"report{ending}"]


def test_knows_an_ending_however_it_is_cased(tmp_path: Path) -> None:
    write(samples.report(), tmp_path / "REPORT.MD")
    assert (tmp_path / "REPORT.MD").read_text("utf-8").startswith("# ✅")


@pytest.mark.parametrize("name", ["report", "report.xml", "report.htm", ".json.txt"])
def test_refuses_an_unknown_ending(name: str, tmp_path: Path) -> None:
    with pytest.raises(ReportError) as caught:
        check_path(tmp_path / name)
    assert caught.value.expected == "one of .badge.json, .json, .md, .html"


def test_refuses_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="expected a folder that exists"):
        check_path(tmp_path / "missing" / "report.json")


def test_refuses_to_replace_a_folder(tmp_path: Path) -> None:
    (tmp_path / "report.json").mkdir()
    with pytest.raises(ReportError, match="a folder; expected a file"):
        check_path(tmp_path / "report.json")


def test_says_why_a_file_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.json"
    path.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(ReportError, match="No space left on device"):
        write(samples.report(), path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_report_that_cannot_be_rendered_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("old")
    unrenderable = samples.report(problems=(b"bytes",))
    with pytest.raises(TypeError):
        write(unrenderable, path)
    assert path.read_text() == "old"


def test_loads_no_form_that_is_not_asked_for() -> None:
    script = (
        "import sys, conformance.report\n"
        "forms = {'_page', '_page_data', '_markdown', '_badge', '_matrix'}\n"
        "print([name for name in forms if f'conformance.report.{name}' in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "[]\n"
