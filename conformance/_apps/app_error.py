"""What is wrong with an app's folder or with a file in it."""

from conformance.errors import ConformanceError


class AppError(ConformanceError):
    """A function app that cannot be judged.

    `spec` is what `--impl` was given, `where` the file and line within the folder (`AddTodo/function.json:3`), if one
    file is to blame; together they are the error's `place`.
    """

    def __init__(self, spec: str, found: str, expected: str, where: str | None = None) -> None:
        super().__init__(f"--impl={spec}: {where}" if where else f"--impl={spec}", found, expected)
