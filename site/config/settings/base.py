"""What every installation shares; the rest comes from the environment (README, « Réglages »)."""

import importlib.util
from pathlib import Path

import environ

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[3]
DATA_DIR = Path(env("DOLEANCES_DATA_DIR", default=str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "complaints",
    "pages",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_q",
    "wagtail_modeladmin",
    "wagtail.api.v3",
    "ninja",  # its documentation page is then served by us, not by a third party
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    # modeladmin's filters on a foreign key need it; no address of ours leads to it.
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# SQLite as Django and Django-Q share it: readers never wait, a writer waits its turn.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;"
    ),
}


def database(url: str) -> dict[str, object]:
    """One DATABASES entry from a URL; SQLite gets what makes it fit for several processes."""
    settings = dict(env.db_url_config(url))
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["OPTIONS"] = SQLITE_OPTIONS
    else:
        settings["CONN_MAX_AGE"] = 60
        settings["CONN_HEALTH_CHECKS"] = True
    return settings


DATABASES = {
    "default": database(env("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'doleances.sqlite3'}"))
}

# A cache that several processes share: Django-Q's health and the throttles read it. In files,
# Django keeps 300 entries unless told, then forgets a third at random: counts of an hour too.
CACHE_IN_FILES = f"filecache://{DATA_DIR / 'cache'}?max_entries=5000"
CACHES = {"default": env.cache_url_config(env("CACHE_URL", default=CACHE_IN_FILES))}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# Bootstrap is served by ourselves, from the package that carries its files.
BOOTSTRAP_DIR = Path(importlib.util.find_spec("bootstrap").submodule_search_locations[0])
STATICFILES_DIRS = [
    ("bootstrap/css", BOOTSTRAP_DIR / "css"),
    ("bootstrap/js", BOOTSTRAP_DIR / "js"),
]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# What complainants send and what we answer: never under MEDIA_ROOT, never served by address.
PRIVATE_ROOT = DATA_DIR / "private"

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
# What was written in a post that cannot be verified is offered again.
CSRF_FAILURE_VIEW = "pages.views.unverified.unverified"
# A visitor's file that is too heavy is forgotten while it comes, and what was typed is kept.
FILE_UPLOAD_HANDLERS = [
    "pages.uploads.Weighing",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Wagtail's editors post thousands of fields; beyond these, nothing that a form asks for.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000
DATA_UPLOAD_MAX_NUMBER_FILES = 100
# A text that a form refuses must come in before it can be shown back with its sentence.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# The antivirus that looks at each file: tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl.
CLAMD = env("DOLEANCES_CLAMD", default="")

# Mail leaves by the outbox (complaints.notices); this is only its last step.
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="reclamations@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20

# The database is the queue: a task is kept or dropped with the transaction that wrote it.
Q_CLUSTER = {
    "name": "doleances",
    "label": "Tâches planifiées",
    "orm": "default",
    "workers": env.int("DOLEANCES_WORKERS", default=2),
    "timeout": 120,
    "retry": 180,  # above every timeout, or a long task would run twice
    "max_attempts": 3,
    "ack_failures": True,
    # A cron counts its next run from now, so this replays nothing: once after two days off. Without
    # it Django-Q turns in circles for forty minutes on the night when the clocks go back.
    "catch_up": True,
    "bulk": 1,
    "queue_limit": 4,
    "recycle": 500,
    "save_limit": 1000,
    "poll": 1,
    "log_level": "WARNING",
}

WAGTAIL_SITE_NAME = "Doléances"
WAGTAILADMIN_BASE_URL = env("DOLEANCES_BASE_URL", default="http://localhost:8000")
WAGTAIL_ENABLE_UPDATE_CHECK = False  # the admin calls nobody
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "rtf", "txt", "xlsx"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_RICH_TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]

# xhtml2pdf says in the log, for each document, that it ignores border-collapse; it draws it well.
# pypdf tells there what is broken in each file that strangers send; they are told it themselves.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"xhtml2pdf": {"level": "ERROR"}, "pypdf": {"level": "CRITICAL"}},
}
