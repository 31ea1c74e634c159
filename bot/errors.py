"""What can go wrong for a person, as errors whose message is one sentence for them.

Fatal         the bot cannot run, and trying again would not help
Refused       something that was asked for cannot be done
"""


class Fatal(Exception):
    """The message says why the bot cannot run, and what to do."""


class Refused(Exception):
    """The message says what cannot be done, why, and what to do next."""
