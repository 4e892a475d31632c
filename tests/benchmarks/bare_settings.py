"""Settings as bare as `startproject` writes them: its middleware, its processors, no admin."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "site"))

from config.settings.base import database

SECRET_KEY = "bare-" * 12
ALLOWED_HOSTS = ["localhost"]
DEBUG = False
ROOT_URLCONF = "tests.benchmarks.bare"
DATABASES = {"default": database(os.environ["DATABASE_URL"])}
LANGUAGE_CODE = "fr"
USE_TZ = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
PAGE = (
    '<!DOCTYPE html><title>Formulaire</title><form method="post">{% csrf_token %}{{ form.as_p }}'
    "<button>Envoyer</button></form>"
)
STORED = ("django.template.loaders.locmem.Loader", {"bare.html": PAGE})
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", [STORED])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
