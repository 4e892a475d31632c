"""How gunicorn starts the bare project; its table is made before the first request."""

from importlib import import_module

from django.core.wsgi import get_wsgi_application
from django.db import connection

application = get_wsgi_application()
# Not before: a model asks for the settings.
row = import_module("tests.benchmarks.bare").Row
if row._meta.db_table not in connection.introspection.table_names():
    with connection.schema_editor() as editor:
        editor.create_model(row)
connection.close()
