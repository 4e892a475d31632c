"""The demonstration: one machine, no server to install, mail written to files."""

from config.settings.base import *  # noqa: F403
from config.settings.base import DATA_DIR

SECRET_KEY = "demonstration-only-never-used-in-production-0123456789abcdef"  # noqa: S105
DEBUG = False
ALLOWED_HOSTS = ["*"]

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
