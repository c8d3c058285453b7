"""What can go wrong before anything is measured; messages are for users."""


class EvaluationError(Exception):
    """The evaluation cannot be run as asked."""


class SetError(EvaluationError):
    """A set is not there, or not of a known form."""
