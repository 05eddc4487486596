"""What can go wrong in an evaluation, said to a person."""


class EvalError(Exception):
    """A gold file, report or gate that cannot be used; says what, where and the remedy."""
