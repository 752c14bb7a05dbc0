"""Function apps as they lie on disk: reads the skills that one declares, and judges them.

An app has no cases to run: every requirement that a declaration can show is applied to each skill.
"""

from conformance._apps._errors import AppError
from conformance._apps._judging import judge_app
from conformance._apps._loading import load_app
from conformance._apps._skill import BuiltApp, DeclaredSkill

__all__ = ["AppError", "BuiltApp", "DeclaredSkill", "judge_app", "load_app"]
