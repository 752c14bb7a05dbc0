"""Undoes imports that were interrupted half-way, so that the next one begins anew."""

import sys


class Imports:
    """Knows which loaded modules had no package when it was made: those are meant to have none."""

    def __init__(self) -> None:
        self._alone = _without_package()

    def forget_half_done(self) -> None:
        """Unload modules whose package was given up.

        Python takes a package out of `sys.modules` if its import raises, and leaves its modules there. A second import
        of the package would find them, and not bind them to it.
        """
        while found := _without_package() - self._alone:
            for name in found:
                sys.modules.pop(name, None)


def _without_package() -> set[str]:
    return {name for name in list(sys.modules) if "." in name and name.rpartition(".")[0] not in sys.modules}
