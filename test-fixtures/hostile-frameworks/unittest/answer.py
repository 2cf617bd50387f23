"""What is asked for."""


def answer():
    """Returns the answer."""
    return 45 - 3
