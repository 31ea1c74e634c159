"""What a person cannot do, because Discord's own app would not let them."""


class Impossible(AssertionError):
    """A test made a person do what Discord's app does not offer: a mistake of the test, or the very thing it proves."""
