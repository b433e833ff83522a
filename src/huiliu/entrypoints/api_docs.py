"""/api/docs: the API reference as one page made from the OpenAPI document; no script, nothing from elsewhere."""

from __future__ import annotations

from functools import cache
from html import escape
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse

from huiliu.entrypoints import error_reference

WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "title": "汇流 API 参考",
        "lead": "每个操作的权限、参数、内容与拒绝。机器可读的文档：",
        "operations": "操作",
        "refusals": "拒绝代码",
        "scope": "权限",
        "parameters": "参数",
        "body": "内容",
        "answers": "回答",
        "refused": "可能的拒绝",
        "required": "必填",
        "status": "状态",
        "remedy": "处理办法",
        "other": "English",
        "public": "无需登录",
        "skip": "跳到内容",
    },
    "en": {
        "title": "Huiliu API reference",
        "lead": "Scope, parameters, body and refusals of every operation. For machines:",
        "operations": "Operations",
        "refusals": "Refusals",
        "scope": "Scope",
        "parameters": "Parameters",
        "body": "Body",
        "answers": "Answers",
        "refused": "May be refused with",
        "required": "required",
        "status": "Status",
        "remedy": "Remedy",
        "other": "中文",
        "public": "no sign-in",
        "skip": "Skip to content",
    },
}
STYLE = """
:root{color-scheme:light dark;--line:#8884;--soft:#8881;--link:#1557b0}
@media(prefers-color-scheme:dark){:root{--link:#8ab4f8}}
body{font:16px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif;margin:0 auto;max-width:64rem;padding:1rem}
a{color:var(--link)}.skip{position:absolute;left:-999px}.skip:focus{left:1rem}
nav ul{columns:12rem;padding-left:1.2rem}code{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.92em;overflow-wrap:anywhere}
details{border:1px solid var(--line);border-radius:.5rem;margin:.5rem 0;padding:.4rem .8rem;overflow-x:auto}
summary{cursor:pointer}summary b{display:inline-block;min-width:4.2rem}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid var(--line);padding:.35rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
tr:target{background:#fd05}
"""


def docs(request: HttpRequest) -> HttpResponse:
    """The page in the language of `?lang=` or of the browser; Chinese first."""
    lang = request.GET.get("lang", "")
    if lang not in WORDS:
        lang = "en" if request.headers.get("Accept-Language", "").lower().startswith("en") else "zh"
    return HttpResponse(_page(lang), headers={"Cache-Control": "no-cache", "Vary": "Accept-Language"})


@cache
def _page(lang: str) -> str:
    from huiliu.entrypoints import api
    from huiliu.entrypoints.urls import API

    document, words = api.document(API), WORDS[lang]
    found = [
        (operation.get("tags", ["other"])[0], path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    found.sort(key=lambda one: (one[0], one[1], one[2]))
    groups = [(tag, list(some)) for tag, some in groupby(found, key=lambda one: one[0])]
    index = "".join(
        f'<li><a href="#tag-{_id(tag)}">{escape(tag)}</a> ({len(some)})</li>' for tag, some in groups
    )
    sections = "".join(
        f'<section><h3 id="tag-{_id(tag)}">{escape(tag)}</h3>'
        + "".join(_operation(path, method, operation, document, words) for _, path, method, operation in some)
        + "</section>"
        for tag, some in groups
    )
    other = "en" if lang == "zh" else "zh"
    return (
        f'<!doctype html><html lang="{"zh-Hans" if lang == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{words["title"]}</title><style>{STYLE}</style></head>'
        f'<body><a class="skip" href="#main">{words["skip"]}</a><header><h1>{words["title"]}</h1><p>{words["lead"]} '
        f'<a href="/api/v1/openapi.json">openapi.json</a> · <a href="?lang={other}">{words["other"]}</a></p></header>'
        f'<nav aria-label="{words["operations"]}"><ul>{index}<li><a href="#refusals">{words["refusals"]}</a></li></ul></nav>'
        f'<main id="main"><h2>{words["operations"]}</h2>{sections}{_refusals(lang, words)}</main></body></html>'
    )


def _id(tag: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in tag)


def _operation(
    path: str, method: str, operation: dict[str, Any], document: dict[str, Any], words: dict[str, str]
) -> str:
    scope = operation.get("x-scope", "")
    parts = [
        f'<details id="{escape(operation["operationId"])}"><summary><b>{method.upper()}</b> <code>{escape(path)}</code>'
        f" {escape(operation.get('summary', ''))}</summary><p>{escape(operation.get('description', ''))}</p>"
        f"<p>{words['scope']}: <code>{escape(scope or words['public'])}</code></p>"
    ]
    parameters = [
        (
            one["name"],
            one.get("schema", {}),
            one.get("required", False),
            one.get("description", ""),
            one["in"],
        )
        for one in operation.get("parameters", ())
    ]
    if parameters:
        parts.append(
            _table(
                words["parameters"], [(f"{n} ({place})", s, r, d) for n, s, r, d, place in parameters], words
            )
        )
    parts += [
        _table(words["body"], _fields(content.get("schema", {}), document), words)
        for content in operation.get("requestBody", {}).get("content", {}).values()
    ]
    statuses = ", ".join(f"<code>{status}</code>" for status in sorted(operation["responses"], key=str))
    parts.append(f"<p>{words['answers']}: {statuses}</p>")
    codes = ", ".join(
        f'<a href="#{escape(one)}"><code>{escape(one)}</code></a>' for one in operation.get("x-refusals", ())
    )
    if codes:
        parts.append(f"<p>{words['refused']}: {codes}</p>")
    return "".join(parts) + "</details>"


def _fields(schema: dict[str, Any], document: dict[str, Any]) -> list[tuple[str, dict[str, Any], bool, str]]:
    name = schema.get("$ref", "").rpartition("/")[2]
    known = document["components"]["schemas"].get(name, schema)
    return [
        (field, shape, field in known.get("required", ()), shape.get("description", ""))
        for field, shape in known.get("properties", {}).items()
    ]


def _table(title: str, fields: list[tuple[str, dict[str, Any], bool, str]], words: dict[str, str]) -> str:
    rows = "".join(
        f'<tr><th scope="row"><code>{escape(name)}</code></th><td><code>{escape(_kind(shape))}</code></td>'
        f"<td>{words['required'] if required else ''}</td><td>{escape(told)}</td></tr>"
        for name, shape, required, told in fields
    )
    return f"<h4>{title}</h4><table><tbody>{rows}</tbody></table>" if rows else ""


def _kind(shape: dict[str, Any]) -> str:
    """`string`, `list of LineIn`, `integer or null`: short enough for a cell."""
    if "$ref" in shape:
        return str(shape["$ref"]).rpartition("/")[2]
    if "anyOf" in shape:
        return " or ".join(dict.fromkeys(_kind(one) for one in shape["anyOf"]))
    if shape.get("type") == "array":
        return f"list of {_kind(shape.get('items', {}))}"
    return str(shape.get("format") or shape.get("type") or "any")


def _refusals(lang: str, words: dict[str, str]) -> str:
    rows = "".join(
        f'<tr id="{escape(row["code"])}"><th scope="row"><code>{escape(row["code"])}</code></th><td>{row["status"]}</td>'
        f"<td>{escape((row['remedy_zh'] if lang == 'zh' else '') or row['remedy'])}</td></tr>"
        for row in error_reference.rows()
    )
    return (
        f'<h2 id="refusals">{words["refusals"]}</h2><table><thead><tr><th scope="col">code</th>'
        f'<th scope="col">{words["status"]}</th><th scope="col">{words["remedy"]}</th></tr></thead><tbody>{rows}</tbody></table>'
    )
