"""What an implementation does that no case is about."""


class ContractError(Exception):
    """The implementation did what the contract rules out for right and wrong implementations alike.

    Its text goes on from what the implementation was doing: "ask" "returned int 5; expected text".
    """
