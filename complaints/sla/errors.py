"""What counting refuses, each in one French sentence for the person who asked."""


class SlaError(ValueError):
    """Any refusal of this package; the message can be shown as it is."""


class LimitError(SlaError):
    """A time limit that cannot be read or cannot be meant."""


class PauseError(SlaError):
    """A pause that ends before it starts, or is not made of days."""


class StartError(SlaError):
    """A starting instant without a time zone, or outside the years the product knows."""


class FileError(SlaError):
    """A file of cases that is no table, or lacks a column."""


class CalendarError(SlaError):
    """A calendar that cannot be: unknown region or time zone, empty week, reversed years."""


class CalendarExhausted(CalendarError):
    """The count needs a year whose holidays are not stored: better no date than a wrong one."""
