"""Deadlines counted before a recount needed the week, the zone and the moves of its own."""

from django.db import migrations


def complete(apps, schema_editor):
    """What they were counted with is what their organisation has: nobody could change it unseen."""
    Deadline = apps.get_model("complaints", "Deadline")
    rows = Deadline.objects.filter(state__in=["running", "paused"])
    for deadline in rows.select_related("dossier__organisation").iterator(500):
        organisation = deadline.dossier.organisation
        known = {
            "working_week": organisation.working_week,
            "time_zone": organisation.time_zone,
            "moved": [],
        }
        deadline.inputs = known | deadline.inputs
        deadline.save(update_fields=["inputs"])


class Migration(migrations.Migration):

    dependencies = [("complaints", "0002_time_limits")]

    operations = [migrations.RunPython(complete, migrations.RunPython.noop)]
