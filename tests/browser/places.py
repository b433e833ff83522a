"""Every address of the console, from its own router: a new page joins the crawl by itself."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

TODAY = datetime.now(tz=UTC).date()
ROUTER = Path(__file__).parents[2] / "web" / "console" / "src" / "router.tsx"
PARTNER = ROUTER.parent / "routes" / "partner.tsx"
LANGUAGES = ROUTER.parent / "i18n" / "setup.ts"
PEOPLE = (
    "admin",
    "channel",
    "sales",
    "finance",
    "warehouse",
    "analyst",
    "east",
    "dealer",
    "buyer",
    "keeper",
    "store",
)
#: What a paper is asked for.
PAPERS = {
    "/print/delivery": "?id=$shipmentId",
    "/print/pick": "?warehouse=$warehouseId&order=$shippedId",
    "/print/statement": f"?buyer_id=$debtorId&seller_id=$creditorId&first={TODAY - timedelta(days=31)}&last={TODAY}",
}


def patterns() -> list[str]:
    """`/orders`, `/orders/$orderId` …, in the order of the file; papers come last, with what they are asked for."""
    text = ROUTER.read_text("utf-8")
    pages, papers = (re.findall(rf'\b{kind}\(\s*"(/[^"]*)"', text) for kind in ("page", "print"))
    assert len(pages) > 15, "the router is spelled differently now"
    assert set(papers) == set(PAPERS), "say in PAPERS what a paper is asked for"
    return [*pages, *(paper + PAPERS[paper] for paper in papers)]


def sections() -> list[str]:
    """The parts of a partner's page, each an address of its own."""
    found = re.findall(r'\bkey: "(\w+)"', PARTNER.read_text("utf-8"))
    assert len(found) > 5, "the partner's page is spelled differently now"
    return found


def asked_anew() -> tuple[str, ...]:
    """The paths that the console asks anew in another language: what is answered there is said in the reader's."""
    found = re.search(r"const SPOKEN = \[(.*?)\];", LANGUAGES.read_text("utf-8"), re.DOTALL)
    assert found, "the list is spelled differently now"
    return tuple(re.findall(r'"(/api/v1/[^"]+)"', found[1]))


def samples(pattern: str, ids: dict[str, str]) -> list[str]:
    """Addresses of that pattern with ids that exist; none when the person sees no such document."""
    if "$section" in pattern:
        return [
            address
            for section in sections()
            for address in samples(pattern.replace("$section", section), ids)
        ]
    for name in re.findall(r"\$(\w+)", pattern):
        if name not in ids:
            return []
        pattern = pattern.replace(f"${name}", ids[name])
    return [pattern]
