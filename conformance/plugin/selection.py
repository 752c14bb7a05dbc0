"""Which of the command line's paths name conformance cases, and which cases those are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from conformance._data.case_id import may_begin_node_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The paths of the command line: as they were `given`, and sorted.

    `node_ids` are beginnings of node ids (`cases/2024-04-14/model.yaml::default-model`), `paths` case files and
    folders on disk, each with the beginning of a case's name; both empty selects every case. `others` tells whether
    pytest has paths of its own to collect.
    """

    given: tuple[str, ...]
    node_ids: tuple[str, ...]
    paths: tuple[tuple[Path, str], ...]
    others: bool

    @classmethod
    def take(cls, config: pytest.Config, cases: Sequence[Path]) -> Selection:
        """Take the paths that name cases out of `config.args`; those need not exist where pytest stands.

        `cases` are the files and folders that hold cases.
        """
        roots = [path.resolve() for path in cases]
        if config.args_source is not pytest.Config.ArgsSource.ARGS:
            config.args[:] = [str(config.invocation_params.dir)]
            return cls(given=(), node_ids=(), paths=(), others=False)
        given = tuple(config.args)
        node_ids, paths, others = [], [], []
        for arg in given:
            place, _, name = arg.partition("::")
            path = (config.invocation_params.dir / place).resolve()
            if _may_hold_cases(path) and any(map(path.is_relative_to, roots)):
                paths.append((path, name))
            elif not path.exists() and may_begin_node_id(place):
                node_ids.append(arg.rstrip("/"))
            else:
                others.append(arg)
        config.args[:] = others or [str(config.invocation_params.dir)]
        return cls(given=given, node_ids=tuple(node_ids), paths=tuple(paths), others=bool(others))

    def selects(self, node_id: str, path: Path) -> bool:
        """Say whether a case is selected, by its node id and its file."""
        if not self.node_ids and not self.paths:
            return not self.others
        if any(_begins(node_id, wanted, "::", "/", "[") for wanted in self.node_ids):
            return True
        resolved, name = path.resolve(), node_id.partition("::")[2]
        return any(
            resolved.is_relative_to(place) and (not wanted or _begins(name, wanted, "["))
            for place, wanted in self.paths
        )


def _may_hold_cases(path: Path) -> bool:
    return path.is_dir() or (path.is_file() and path.suffix in {".yaml", ".yml"})


def _begins(text: str, beginning: str, *ends: str) -> bool:
    return text == beginning or text.startswith(tuple(beginning + end for end in ends))
