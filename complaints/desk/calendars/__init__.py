"""The calendars of public holidays, and any time limit counted on them."""
