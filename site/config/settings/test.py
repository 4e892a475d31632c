"""The tests: a folder of their own, mail in memory, SQLite unless DATABASE_URL says otherwise."""

import tempfile
import uuid
from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, Q_CLUSTER, env

SECRET_KEY = "tests-only"  # noqa: S105
DEBUG = False
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A process that a test starts works in the folder of that test.
OWN_FOLDER = Path(tempfile.gettempdir(), f"doleances-tests-{uuid.uuid4().hex}")
DATA_DIR = Path(env("DOLEANCES_DATA_DIR", default=str(OWN_FOLDER)))
# Threads and processes share a file as they do in production; PostgreSQL names its own.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
else:  # what a power cut would lose is lost with the test
    DATABASES["default"]["OPTIONS"] = {"options": "-c synchronous_commit=off"}
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "private"
CACHES = {"default": env.cache_url_config(env("CACHE_URL", default="locmemcache://"))}
EMAIL_BACKEND = env("EMAIL_BACKEND", default="django.core.mail.backends.locmem.EmailBackend")
EMAIL_HOST = env("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_TIMEOUT = 5
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# No test asks the machine's own antivirus, but the one that is about it.
CLAMD = ""

# Real processes are killed and started again by some tests, which cannot wait for minutes:
# 0.02 makes fifty times shorter the claim on a notice, the waits before the next try, and (down to
# ten seconds) the time after which Django-Q starts again a task that was killed.
TIME_SCALE = env.float("DOLEANCES_TIME_SCALE", default=1)
NOTICE_TIME_SCALE = TIME_SCALE
Q_CLUSTER = Q_CLUSTER | {
    "workers": 1,
    "timeout": max(9, round(Q_CLUSTER["timeout"] * TIME_SCALE)),
    "retry": max(10, round(Q_CLUSTER["retry"] * TIME_SCALE)),
    # It looks at the schedule when its rounds make thirty seconds: one that long, and it looks at
    # once. But its health is then known once in a round only.
    "guard_cycle": env.float("DOLEANCES_GUARD_SECONDS", default=0.5),
}
