"""What arrives, judged once for every operation before any module sees it: size, kind, encoding, depth, texts.

A text is refused, naming its place, when it holds what no honest form sends: NUL and other control characters,
halves of a surrogate pair, marks that turn the direction of what follows, more than 100,000 characters.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, QueryDict

from huiliu.platform.errors import BodyUnreadable, ContentTypeWrong, InvalidInput, TooLarge

JSON_BYTES_MAX = 5 * 1024 * 1024
FORM_BYTES_MAX = 204 * 1024 * 1024  # the largest file that is taken, and its wrapping
DEPTH_MAX = 32
VALUES_MAX = 250_000
TEXT_MAX = 100_000
QUERY_TEXT_MAX = 4_000
METHODS_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
#: C0 and C1 controls without tab and line ends, surrogates, direction overrides and isolates, noncharacters.
HOSTILE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)


def check_head(request: HttpRequest, *, urlencoded: bool = False) -> None:
    """Size and kind, before a byte of the body is read. `urlencoded`: machines of others may send plain forms here.

    Raises: TooLarge (facts: bytes, limit), ContentTypeWrong.
    """
    if request.method not in METHODS_WITH_BODY:
        return
    request.__dict__["huiliu_urlencoded"] = urlencoded
    length = request.META.get("CONTENT_LENGTH") or "0"
    size = int(length) if str(length).isascii() and str(length).isdigit() else 0
    limit = FORM_BYTES_MAX if _is_form(request) else JSON_BYTES_MAX
    if size > limit:
        raise TooLarge("The body is too large.", bytes=size, limit=limit)
    if size == 0 or _is_form(request):
        return
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    if request.content_type != "application/json" or charset not in ("utf-8", "utf8"):
        raise ContentTypeWrong(
            "The body must be application/json in UTF-8.",
            field="Content-Type",
            sent=str(request.META.get("CONTENT_TYPE", ""))[:100],
        )


def read(request: HttpRequest) -> Any:
    """The JSON of the request, parsed once and kept; None without a body or for a form.

    Raises: BodyUnreadable, InvalidInput, TooLarge.
    """
    known = request.__dict__.get("huiliu_body", _UNREAD)
    if known is not _UNREAD:
        return known
    value: Any = None
    if _is_form(request):
        form = _received(request)
        check_texts(((name, one) for name, some in form.lists() for one in some), longest=TEXT_MAX)
    elif request.method in METHODS_WITH_BODY and request.body:
        value = parse(request.body)
    request.__dict__["huiliu_body"] = value
    return value


_UNREAD = object()


def _received(request: HttpRequest) -> QueryDict:
    """The texts of a form; its files lie aside. When receiving fails, what lies aside is taken away at once."""
    try:
        return request.POST
    except BaseException:
        for handler in request.upload_handlers:
            half = getattr(handler, "file", None)
            if half is not None:
                with contextlib.suppress(OSError):
                    half.close()
        raise


def _is_form(request: HttpRequest) -> bool:
    kind = request.content_type or ""
    return kind.startswith("multipart/form-data") or (
        kind == "application/x-www-form-urlencoded" and request.__dict__.get("huiliu_urlencoded", False)
    )


def parse(raw: bytes) -> Any:
    """The JSON in the bytes. Raises: BodyUnreadable, InvalidInput, TooLarge."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BodyUnreadable(_not_utf8(raw), field="body", position=error.start) from error
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except RecursionError as error:
        raise BodyUnreadable(f"Nested deeper than {DEPTH_MAX} levels.", field="body") from error
    except ValueError as error:
        position = getattr(error, "pos", None)
        raise BodyUnreadable(f"This is not JSON: {error}"[:200], field="body", position=position) from error
    _walk(value)
    return value


def _not_utf8(raw: bytes) -> str:
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return "The body is not UTF-8."
    return "The body is not UTF-8; it may be GBK."


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _walk(value: Any) -> None:
    """Depth, count and texts of what was parsed, without recursion."""
    open_values: list[tuple[Any, tuple[Any, ...]]] = [(value, ())]
    seen = 0
    while open_values:
        current, place = open_values.pop()
        if isinstance(current, str):
            _check_text(current, at=lambda place=place: _named(place), longest=TEXT_MAX)
            continue
        if not isinstance(current, dict | list):
            continue
        seen += len(current)
        if len(place) >= DEPTH_MAX:
            raise BodyUnreadable(f"Nested deeper than {DEPTH_MAX} levels.", field="body")
        if seen > VALUES_MAX:
            raise TooLarge("The body has too many values.", limit=VALUES_MAX)
        items: Iterable[tuple[Any, Any]] = (
            current.items() if isinstance(current, dict) else enumerate(current)
        )
        for key, child in items:
            if isinstance(key, str):
                _check_text(key, at=lambda place=place: _named(place), longest=1_000)
            if isinstance(child, str | dict | list):
                open_values.append((child, (*place, key)))


def _named(place: tuple[Any, ...]) -> str:
    """`("lines", 3, "note")` is `lines.3.note`."""
    return ".".join(str(part) for part in place)[:200] or "body"


def check_texts(texts: Iterable[tuple[str, str]], *, longest: int) -> None:
    """Names and texts of a form or a query. Raises: InvalidInput naming the first bad one."""
    for name, text in texts:
        _check_text(name, at=lambda: "a name", longest=200)
        _check_text(text, at=lambda name=name: name, longest=longest)


def _check_text(text: str, *, at: Any, longest: int) -> None:
    if len(text) > longest:
        raise InvalidInput(f"Longer than {longest} characters.", field=at(), length=len(text), limit=longest)
    if text.isascii() and text.isprintable():
        return
    found = HOSTILE.search(text)
    if found:
        sign = f"U+{ord(found.group()):04X}"
        raise InvalidInput(
            f"Holds a character that is not text ({sign}); take it out.",
            field=at(),
            character=sign,
            position=found.start(),
        )


def check_query(request: HttpRequest, *, known: frozenset[str]) -> None:
    """Parameters of the address: unknown ones are refused, for a filter that is ignored gives wrong figures.

    Raises: InvalidInput naming every unknown one, or the first bad text.
    """
    if HOSTILE.search(request.path):
        raise InvalidInput("The address holds a character that is not text.", field="path")
    if not request.META.get("QUERY_STRING"):
        return
    given: Mapping[str, Any] = request.GET
    check_texts(
        ((name, text) for name, texts in request.GET.lists() for text in texts), longest=QUERY_TEXT_MAX
    )
    if any("\ufffd" in text for texts in (part for _, part in request.GET.lists()) for text in texts):
        raise InvalidInput("The address is not UTF-8.", field="query")
    unknown = sorted(set(given) - known)
    if unknown:
        allowed = ", ".join(sorted(known)) or "none"
        raise InvalidInput(
            "The address has parameters that do not exist here.",
            fields=[
                {"field": name[:100], "reason": f"Unknown; allowed are: {allowed}."} for name in unknown[:20]
            ],
        )
