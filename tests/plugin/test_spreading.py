"""With pytest-xdist, what is played once goes to one worker."""

import re
from collections import defaultdict

from conformance.plugin.spreading import group_of

LAW = "explore/2024-04-14::AST-TOOL-OFFERED"


def test_the_laws_of_one_block_belong_together():
    assert group_of(f"{LAW}-3[python]") == group_of("explore/2024-04-14::AST-BINDING-NAME-3[python]")


def test_blocks_surfaces_editions_and_implementations_are_apart():
    others = [
        f"{LAW}[python]",
        f"{LAW}-2[python]",
        f"{LAW}[java]",
        f"{LAW}[python-mine]",
        f"{LAW}[python-yours]",
        "explore/2025-05-15::AST-TOOL-OFFERED[python]",
    ]
    assert len({*map(group_of, others)}) == len(others)


def test_the_number_in_the_name_of_a_case_is_no_block():
    one, other = "cases/2024-04-14/model.yaml::model-2[python]", "cases/2024-04-14/model.yaml::model-3[python]"
    assert group_of(one) == group_of(other)


def test_a_test_of_somebodys_own_stands_alone():
    assert group_of("test_mine.py::test_one") != group_of("test_mine.py::test_two")


def test_every_block_is_judged_by_one_worker(run):
    options = ("--impl-explore=100", "--impl-surface=python", "--impl-surface=java", "-n2", "-v")
    result = run("--impl=reference_impl", *options, "explore/2024-04-14")
    assert result.ret == 0, result.out
    workers = defaultdict(set)
    for worker, node_id in re.findall(r"^\[(gw\d)\].* (explore/\S+)", result.out, re.MULTILINE):
        workers[group_of(node_id)].add(worker)
    assert len(workers) >= 2
    assert all(len(one) == 1 for one in workers.values())
