"""Look anew for what finds each subtle mutant that is to be found, and write it to finders.yaml; takes minutes."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import yaml

from mutants.finding import FINDERS, Finder, finder_of, is_about, known_finders  # found by the path above
from mutants.mutant import judging
from mutants.subtle import SUBTLE

SURVIVORS = {
    name
    for group in yaml.safe_load(FINDERS.with_name("survivors.yaml").read_text("utf-8"))
    for name in group["mutants"]
}

HEAD = """\
# What finds each subtle mutant, by edition and surface: the place of a scenario among those of exploration, or a case.
# Written by write_finders.py. The tests ask it first, and everything else if it no longer finds the mutant.
"""


def write_finders() -> None:
    """Write the file, and print how many mutants are found and how many by their own aspect."""
    own: dict[str, Finder] = {}
    other: dict[str, Finder] = {}
    with judging() as session:
        for mutant in (one for one in SUBTLE if one.name not in SURVIVORS):
            known = known_finders(own=True).get(mutant.name)
            if known is not None and any(is_about(mutant, name) for name in known.broken(mutant, session)):
                own[mutant.name] = known
                continue
            finder, by_own_aspect = finder_of(mutant, session)
            if finder is not None:
                (own if by_own_aspect else other)[mutant.name] = finder
    listed = {"own aspect": _grouped(own), "another aspect": _grouped(other)}
    FINDERS.write_text(HEAD + yaml.safe_dump(listed, sort_keys=False, width=120), "utf-8")
    print(f"{len(own) + len(other)} of {len(SUBTLE) - len(SURVIVORS)} are found, {len(own)} by their own aspect")


def _grouped(found: Mapping[str, Finder]) -> dict[str, dict[str, dict[int | str, Sequence[str]]]]:
    grouped: dict[str, dict[str, dict[int | str, list[str]]]] = defaultdict(lambda: defaultdict(dict))
    for name, finder in sorted(found.items(), key=lambda one: (str(one[1].played).zfill(3), one[0])):
        grouped[finder.edition][finder.surface].setdefault(finder.played, []).append(name)
    return {edition: dict(sorted(surfaces.items())) for edition, surfaces in sorted(grouped.items())}


if __name__ == "__main__":
    write_finders()
