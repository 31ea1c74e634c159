"""Options of slash commands: their types and which JSON values these take."""

from enum import IntEnum


class OptionType(IntEnum):
    SUB_COMMAND = 1
    SUB_COMMAND_GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10
    ATTACHMENT = 11


NESTING = {OptionType.SUB_COMMAND, OptionType.SUB_COMMAND_GROUP}
WITH_CHOICES = {OptionType.STRING, OptionType.INTEGER, OptionType.NUMBER}

_VALUES: dict[OptionType, tuple[type, ...]] = {
    OptionType.STRING: (str,),
    OptionType.INTEGER: (int,),
    OptionType.BOOLEAN: (bool,),
    OptionType.NUMBER: (int, float),
}


def fits(option_type: OptionType, value: object) -> bool:
    """Whether a value is one of a string, integer, boolean or number option; true and false are no numbers."""
    if isinstance(value, bool):
        return option_type is OptionType.BOOLEAN
    return isinstance(value, _VALUES.get(option_type, ()))
