"""A function app on disk, as what `--impl` names: it is read, and no case is played against it."""

from dataclasses import dataclass, replace
from pathlib import Path

from conformance._apps.app_error import AppError
from conformance._apps.app_search import load_app
from conformance._apps.declared_skill import BuiltApp
from conformance._apps.judging_apps import judge_app
from conformance._judging.result import Result
from conformance._targets.loading import APP
from conformance._targets.target import Target
from conformance.contract import EDITIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class AppTarget(Target):
    """A function app on disk, which `--impl=app:FOLDER` names."""

    app: BuiltApp

    @property
    def is_played(self) -> bool:
        """It is not: there is nothing to create."""
        return False

    def judge(self, edition: str) -> list[Result]:
        """Judge by an edition what it declares."""
        return [replace(result, implementation=self.name) for result in judge_app(self.app, edition)]


def load_app_target(spec: str) -> AppTarget:
    """Read the app that `--impl` names; raise AppError."""
    if spec == APP:
        raise AppError(spec, "no folder", "app: and a folder, as in app:my-app")
    app = load_app(spec, Path(spec.removeprefix(APP)))
    return AppTarget(name=app.name, spec=spec, version=None, surfaces=(app.surface,), editions=EDITIONS, app=app)
