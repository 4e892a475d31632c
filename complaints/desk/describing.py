"""What a refused field says to who does not see it: Wagtail names its help, and not its error."""

from django import forms


def describe(form: forms.BaseForm) -> None:
    """Point each refused field that has a help text to both."""
    for name in form.errors.keys() & form.fields.keys():
        field, own = form.fields[name], form[name].auto_id
        if field.help_text and not field.widget.use_fieldset:
            field.widget.attrs["aria-describedby"] = f"{own}-helptext {own}_error"
