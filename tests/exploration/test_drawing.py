"""Scenarios are drawn by hypothesis: the same seed gives the same one, and nothing is left behind."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from conformance._data.editions import edition_of
from conformance._exploration.composition.drawing import Drawing
from conformance._exploration.composition.outlines import COVERING
from conformance._exploration.composition.scenario_sources import scenarios_of

EDITION = "2024-04-14"
SPELLING = edition_of(EDITION).spellings["python"]
DRAWN = range(len(COVERING), len(COVERING) + 12)


def run_python(program, folder):
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout  # noqa: S603  # our own


def test_a_seed_gives_the_same_scenario_whatever_was_drawn_before():
    drawing = Drawing(EDITION, SPELLING)
    first = [drawing.draw(str(number)) for number in range(8)]
    assert [Drawing(EDITION, SPELLING).draw(str(number)) for number in reversed(range(8))] == first[::-1]


def test_other_seeds_give_other_scenarios():
    scenarios = [*scenarios_of(DRAWN, EDITION, SPELLING, 0), *scenarios_of(DRAWN, EDITION, SPELLING, 1)]
    assert len({repr(scenario) for scenario in scenarios}) > len(DRAWN)


def test_what_is_drawn_goes_beyond_the_pool():
    dealt, drawn = (
        {prompt for one in scenarios_of(numbers, EDITION, SPELLING, 0) for prompt in one.episode.prompts}
        for numbers in (range(len(COVERING)), range(len(COVERING), len(COVERING) + 40))
    )
    assert drawn - dealt


@pytest.mark.parametrize("seed", ["1", "2"])
def test_no_prompt_is_empty(seed):
    drawing = Drawing(EDITION, SPELLING)
    prompts = [prompt for number in range(10) for prompt in drawing.draw(f"{seed}/{number}").episode.prompts]
    assert all(prompts)


def test_a_process_of_its_own_draws_the_same_and_leaves_no_folder_behind(tmp_path):
    program = (
        "import json\n"
        "from conformance._data.editions import edition_of\n"
        "from conformance._exploration.composition.scenario_sources import scenarios_of\n"
        f"spelling = edition_of({EDITION!r}).spellings['python']\n"
        f"print(json.dumps([one.episode.prompts for one in scenarios_of({DRAWN!r}, {EDITION!r}, spelling, 0)]))\n"
    )
    done = run_python(program, tmp_path)
    prompts = [list(one.episode.prompts) for one in scenarios_of(DRAWN, EDITION, SPELLING, 0)]
    assert json.loads(done) == prompts
    assert list(Path(tmp_path).iterdir()) == []


def test_the_covering_scenarios_need_no_hypothesis(tmp_path):
    program = (
        "import sys\n"
        "from conformance._data.editions import edition_of\n"
        "from conformance._exploration.composition.scenario_sources import scenarios_of\n"
        f"list(scenarios_of([0, 1], {EDITION!r}, edition_of({EDITION!r}).spellings['python'], 0))\n"
        "assert 'hypothesis' not in sys.modules\n"
    )
    run_python(program, tmp_path)
