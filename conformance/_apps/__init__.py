"""Function apps as they lie on disk: reads the skills that one declares, and judges them.

An app has no cases to run: every requirement that a declaration can show is applied to each skill.
"""

from conformance._apps.app_error import AppError
from conformance._apps.app_search import load_app
from conformance._apps.app_target import AppTarget, load_app_target
from conformance._apps.judging_apps import judge_app

__all__ = ["AppError", "AppTarget", "judge_app", "load_app", "load_app_target"]
