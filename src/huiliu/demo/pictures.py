"""Product pictures drawn by script in one style: each category its own shape, each flavour its colour."""

from __future__ import annotations

from html import escape

from huiliu.demo.content import SkuContent

_SHAPES = {
    "bottle": '<path d="M86 30h28v22l10 22v96q0 12-12 12H88q-12 0-12-12V74l10-22z" fill="{c}" opacity=".18"/>'
    '<path d="M86 30h28v22l10 22v96q0 12-12 12H88q-12 0-12-12V74l10-22z" fill="none" stroke="{c}" stroke-width="4"/>'
    '<rect x="82" y="18" width="36" height="12" rx="3" fill="{c}"/><rect x="76" y="98" width="48" height="44" fill="{c}"/>',
    "slim": '<path d="M88 26h24v28q14 14 14 34v84q0 10-10 10H84q-10 0-10-10V88q0-20 14-34z" fill="{c}" opacity=".2"/>'
    '<path d="M88 26h24v28q14 14 14 34v84q0 10-10 10H84q-10 0-10-10V88q0-20 14-34z" fill="none" stroke="{c}" stroke-width="4"/>'
    '<rect x="85" y="16" width="30" height="10" rx="3" fill="{c}"/><path d="M74 104h52v40H74z" fill="{c}"/>',
    "carton": '<path d="M66 58l34-30 34 30v122H66z" fill="{c}" opacity=".2"/>'
    '<path d="M66 58l34-30 34 30v122H66zM66 58h68" fill="none" stroke="{c}" stroke-width="4"/>'
    '<circle cx="100" cy="122" r="24" fill="{c}"/>',
    "can": '<rect x="70" y="34" width="60" height="146" rx="12" fill="{c}" opacity=".2"/>'
    '<rect x="70" y="34" width="60" height="146" rx="12" fill="none" stroke="{c}" stroke-width="4"/>'
    '<ellipse cx="100" cy="36" rx="28" ry="7" fill="{c}"/><rect x="70" y="92" width="60" height="46" fill="{c}"/>',
    "bag": '<path d="M60 34q10 8 20 0t20 0 20 0 20 0v144q-10-8-20 0t-20 0-20 0-20 0z" fill="{c}" opacity=".2"/>'
    '<path d="M60 34q10 8 20 0t20 0 20 0 20 0v144q-10-8-20 0t-20 0-20 0-20 0z" fill="none" stroke="{c}" stroke-width="4"/>'
    '<path d="M74 120q26-44 52 0-26 34-52 0z" fill="{c}"/>',
    "jar": '<rect x="64" y="60" width="72" height="120" rx="14" fill="{c}" opacity=".2"/>'
    '<rect x="64" y="60" width="72" height="120" rx="14" fill="none" stroke="{c}" stroke-width="4"/>'
    '<rect x="70" y="36" width="60" height="20" rx="4" fill="{c}"/><rect x="64" y="96" width="72" height="46" fill="{c}"/>',
}


def picture(sku: SkuContent) -> str:
    """The SVG of one sku, 200 x 200, without any outside reference."""
    shape = _SHAPES[sku.shape].format(c=sku.colour)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" role="img">'
        f"<title>{escape(sku.name)}</title>"
        '<rect width="200" height="200" rx="12" fill="#F6F8F9"/>'
        f"{shape}"
        f'<text x="100" y="196" font-size="12" text-anchor="middle" fill="#475569">{escape(sku.specification)}</text>'
        "</svg>"
    )
