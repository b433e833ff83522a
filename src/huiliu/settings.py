"""Django settings, read from the environment once (`HUILIU_*`); see docs/runbooks for each name."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from psycopg.conninfo import conninfo_to_dict
from pydantic import BaseModel, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class WechatTemplate(BaseModel):
    """A subscription message's template: its fields, each with the value that goes there."""

    id: str
    values: dict[str, str]


class Environment(BaseSettings):
    """Everything that differs between two installations."""

    model_config = SettingsConfigDict(env_prefix="HUILIU_", extra="ignore")

    data: Path = Path(".huiliu")
    port: int = 8000
    live_port: int = 0  # 0: port + 1
    secret_key: str = ""
    db_role: Literal["web", "worker", "owner"] = "web"
    database_url_web: str = "postgresql:///huiliu"
    database_url_worker: str = "postgresql:///huiliu"
    database_url_owner: str = "postgresql:///huiliu"
    database_name: str = ""  # another brand in the same cluster
    pool_size: int = 4
    allowed_hosts: list[str] = Field(default_factory=lambda: ["*"])
    secure_cookies: bool = False
    debug: bool = False
    proxies: int = Field(default=0, ge=0, le=5)  # of ours in front; who asks is told by them
    rate_limit_per_minute: int = 3000
    otel_endpoint: str = ""  # of an OpenTelemetry collector, http://collector:4318; needs the extra `otel`
    sms_provider: Literal["", "outbox", "aliyun"] = (
        ""  # "outbox": kept readable for the administrator; demo only
    )
    sms_base_url: str = "https://dysmsapi.aliyuncs.com"
    sms_key_id: str = ""
    sms_key_secret: str = Field(default="", repr=False)
    sms_sign_name: str = ""  # the signature that the provider has approved: 【汇流】
    sms_code_template: str = ""  # its text has one variable, ${code}
    wechat_apps: dict[str, str] = Field(
        default_factory=dict, repr=False
    )  # {AppID: secret}, the first one counts
    #: {"order_shipped": {"id": "the template's id", "values": {"character_string1": "number", "thing2": "text"}}}
    wechat_templates: dict[str, WechatTemplate] = Field(default_factory=dict)
    wechat_base_url: str = "https://api.weixin.qq.com"
    carrier_secrets: dict[str, str] = Field(default_factory=dict)  # {"kuaidi100": "the salt"}


ENV = Environment()
CARRIER_SECRETS = ENV.carrier_secrets


def _database(url: str) -> dict[str, Any]:
    parts = conninfo_to_dict(url)
    pool: dict[str, Any] | bool = False
    if ENV.db_role == "web" and ENV.pool_size:
        pool = {"min_size": 1, "max_size": ENV.pool_size, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": ENV.database_name or parts.get("dbname") or "huiliu",
        "USER": parts.get("user") or "",
        "PASSWORD": parts.get("password") or "",
        "HOST": parts.get("host") or "",
        "PORT": str(parts.get("port") or ""),
        # Only statements that ask for it are prepared: platform.database.rows.
        "OPTIONS": {"prepare_threshold": 5} | ({"pool": pool} if pool else {}),
        "CONN_MAX_AGE": 0,
        "ATOMIC_REQUESTS": False,  # the edge opens the one transaction of a request
    }


def _secret_key() -> str:
    """The installation's own key: from the environment, else created once beside the data."""
    if ENV.secret_key:
        return ENV.secret_key
    path = ENV.data / "secret_key"
    if path.exists():
        return path.read_text().strip()
    import secrets

    ENV.data.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(48)
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(key)
    except FileExistsError:
        return path.read_text().strip()
    return key


SECRET_KEY = _secret_key()
DEBUG = ENV.debug
ALLOWED_HOSTS = ENV.allowed_hosts
DATABASES = {
    "default": _database(
        {"web": ENV.database_url_web, "worker": ENV.database_url_worker, "owner": ENV.database_url_owner}[
            ENV.db_role
        ]
    )
}
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "huiliu.platform",
    "huiliu.access",
    "huiliu.ledger",
    "huiliu.partners",
    "huiliu.catalog",
    "huiliu.inventory",
    "huiliu.receivables",
    "huiliu.policies",
    "huiliu.pricing",
    "huiliu.credit",
    "huiliu.orders",
    "huiliu.insights",
    "huiliu.integrations",
    "huiliu.flows",
]
MIDDLEWARE = [
    "huiliu.platform.http.proxies.behind_proxies",
    "huiliu.platform.http.middleware.request_context",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "huiliu.platform.http.middleware.content_policy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "huiliu.platform.http.packing.packed",
]
ROOT_URLCONF = "huiliu.entrypoints.urls"
TEMPLATES: list[dict[str, Any]] = [
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
]
AUTH_USER_MODEL = "access.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "zh-hans"
USE_I18N = False
STATIC_URL = "/static/"
STATICFILES_DIRS = [path for path in [Path(__file__).parent / "static"] if path.exists()]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
#: The web apps name their assets by content, so a browser may keep them for good.
WHITENOISE_IMMUTABLE_FILE_TEST = (
    r"^/static/(\w+/assets/.+-[\w-]{8}|store/(js|css|assets)/.*\.[0-9a-f]{8})\.\w+$"
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", "'unsafe-inline'"],  # antd and ECharts write style attributes
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],  # the store's component library carries its signs in its sheet
        "connect-src": ["'self'", "http://127.0.0.1:*", "http://localhost:*"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
    }
}
# W003: CSRF is checked at our edge; E003: usernames are unique by lower(), in a constraint.
SILENCED_SYSTEM_CHECKS = ["security.W003", "auth.E003"]
# No Django signals, no implicit handlers: logging is configured once by platform.logs.
LOGGING_CONFIG = None
