"""The error for what the contract rules out, and no case is about."""


class ContractError(Exception):
    """The implementation did what the contract rules out for right and wrong implementations alike.

    Its text goes on from what the implementation was doing: "ask" "returned int 5; expected text". What was `expected`
    may be told apart from what was `found`.
    """

    def __init__(self, found: str, expected: str | None = None) -> None:
        super().__init__(found, expected)
        self.found = found
        self.expected = expected

    def __str__(self) -> str:
        return self.found if self.expected is None else f"{self.found}; expected {self.expected}"
