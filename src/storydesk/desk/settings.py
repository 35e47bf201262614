"""Django's settings. All that differs between desks comes from the environment (``docs/settings.md``)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from storydesk.desk.home import embed_origins, home, mail_server, proxies, registration, secret_key, site_address
from storydesk.errors import InputError

HOME = home()
SECRET_KEY = secret_key()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("STORYDESK_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host and host not in ("*", "[::1]")]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "storydesk.desk",
    "storydesk.site",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "storydesk.site.sent.Storable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "storydesk.site.policy.ContentPolicy",
]
ROOT_URLCONF = "storydesk.site.urls"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent.parent / "site" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["storydesk.site.filters"],
        },
    }
]


def database(address: str) -> dict[str, Any]:
    """What an address such as postgresql://user:password@host:port/name means to Django; without one, SQLite in the
    desk's folder. Raises InputError for any other: a desk must not be filled in another place than was named."""
    if address.strip():
        return _postgresql(address.strip())
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "storydesk.sqlite3",
        "OPTIONS": {
            # FULL: a comment or a decision that was acknowledged outlives a power cut, not only a kill.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            # Take the write lock at the start of a transaction: waiting for it works, upgrading to it does not.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }


def _postgresql(address: str) -> dict[str, Any]:
    hint = "write it as postgresql://user:password@host:port/name, or leave it away for SQLite"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise InputError("STORYDESK_DATABASE is no address of a database", hint) from None
    if not address.startswith(("postgres://", "postgresql://")):
        raise InputError("STORYDESK_DATABASE is no address of a PostgreSQL database", hint)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(port or ""),
    }


DATABASES = {"default": database(os.environ.get("STORYDESK_DATABASE", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PASSWORD_HASHERS = ["storydesk.desk.people.passwords.InTurn"]
AUTHENTICATION_BACKENDS = ["storydesk.desk.people.entering.ByNameOrMail"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "queue"
LOGOUT_REDIRECT_URL = "front"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [Path(__file__).parent.parent / "site" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# An hour: the files change only with the program, and an update should not leave yesterday's style on the pages.
WHITENOISE_MAX_AGE = 3600

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SITE_ADDRESS = site_address(ALLOWED_HOSTS)
SESSION_ENGINE = "storydesk.desk.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_ADDRESS.startswith("https:")
SESSION_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

PROXIES = proxies()
EMBED_ORIGINS = embed_origins()
MAIL = mail_server()
REGISTRATION = registration()
SITE_NAME = os.environ.get("STORYDESK_NAME", "Storydesk")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"links": {"()": "storydesk.desk.people.logs.without_links"}},
    # What readers ask for and do not get is no news; of what fails, the address is told without the link in it.
    "loggers": {"django.request": {"level": "ERROR", "filters": ["links"]}},
}
