"""Every URL of the web process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import orjson
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.generic import RedirectView

from huiliu.entrypoints import api as api_module
from huiliu.entrypoints import api_docs, metering
from huiliu.platform import database

STATIC = Path(__file__).parent.parent / "static"
API = api_module.build()


@cache
def _document() -> bytes:
    return orjson.dumps(
        api_module.document(API), default=str, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS
    )


def openapi(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(_document(), content_type="application/json")


def healthz(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers; 503 with the reason otherwise."""
    try:
        database.one("SELECT 1")
    except Exception as error:  # noqa: BLE001 - health reports every fault
        return HttpResponse(f"database: {type(error).__name__}\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def page(directory: str) -> Any:
    """The single page of a web app; its assets are hashed, the page itself is always asked for."""

    def view(_request: HttpRequest, **_rest: Any) -> HttpResponse | FileResponse:
        index = STATIC / directory / "index.html"
        if not index.exists():
            return HttpResponse(
                "The web app is not built yet: run `make web`.\n", status=503, content_type="text/plain"
            )
        return HttpResponse(
            index.read_bytes(), content_type="text/html; charset=utf-8", headers={"Cache-Control": "no-cache"}
        )

    return view


def installed(name: str, content_type: str) -> Any:
    """A file of the store that must lie beside its pages: it speaks for all of `/store/`, and is always asked for."""

    def view(_request: HttpRequest) -> HttpResponse:
        file = STATIC / "store" / name
        if not file.exists():
            return HttpResponse("The store is not built yet: run `make web`.\n", status=404)
        return HttpResponse(
            file.read_bytes(), content_type=content_type, headers={"Cache-Control": "no-cache"}
        )

    return view


urlpatterns = [
    path("healthz", healthz),
    path("api/v1/openapi.json", openapi),
    path("api/docs", api_docs.docs),
    path("metrics", metering.metrics),
    path("api/v1/", API.urls),
    path("store/sw.js", installed("sw.js", "text/javascript; charset=utf-8")),
    path("store/manifest.webmanifest", installed("manifest.webmanifest", "application/manifest+json")),
    path("store", RedirectView.as_view(url="/store/")),
    re_path(r"^store/.*$", page("store")),
    re_path(r"^(?!api/|static/|metrics|files/).*$", page("console")),
]
