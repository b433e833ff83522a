"""What every page of the store must keep: looked for in the page as it stands, each check a function of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

#: What a finger needs, less what a browser may round away.
FINGER = 43.5
HAN = re.compile(r"[\u3400-\u9fff]")
#: The fields of answers whose words people, not programmers, wrote: names, units, notes, addresses.
DATA_FIELDS = re.compile(
    r"(^|_)(name|names|unit|units|text|note|reason|remark|address|place|path|street|city|province|district"
    r"|specification|description|values?|title|body|brand|carrier|tags|answer|by|buyer|seller|customer|recipient|contact)$"
)

#: Notes the words of every answer, by the field they stood in, so that data are known from words of the program; and
#: how many answers are still waited for.
NOTE_ANSWERS = """
(() => {
  const heard = (window.__heard = {});
  const note = (node, field) => {
    if (typeof node === 'string') { if (/[\\u3400-\\u9fff]/.test(node)) (heard[field] ??= {})[node] = 1 }
    else if (Array.isArray(node)) for (const child of node) note(child, field)
    else if (node) for (const [name, child] of Object.entries(node)) note(child, name)
  };
  const real = window.fetch;
  window.__waiting = 0;
  const done = () => { window.__waiting -= 1 };
  window.fetch = async (...asked) => {
    window.__waiting += 1;
    const answer = await real(...asked).catch(error => { done(); throw error });
    if ((answer.headers.get('content-type') ?? '').includes('json'))
      answer.clone().json().then(body => note(body, '')).catch(() => undefined).finally(done);
    else done();
    return answer;
  };
})();
"""

#: Where `path` is on top and nothing is asked any more, no grey shapes are left and some frames were painted since;
#: false after `limit` ms: what stays grey is told by the look at the page.
SETTLED = """([path, limit]) => new Promise(done => {
  const QUIET_FRAMES = 4, QUIET_MS = 50;
  const start = performance.now();
  let since = start, frames = 0;
  // A page that leaves slides out above the one that was there before.
  const isThere = () => [...document.querySelectorAll('.taro_page')].filter(one => one.checkVisibility()).pop()
    ?.id.startsWith(path);
  const isMoving = () => document.getAnimations().some(
    one => one.playState === 'running' && one.effect.getComputedTiming().iterations !== Infinity);
  const isWaiting = () => window.__waiting > 0 || document.readyState !== 'complete' || !isThere() || isMoving()
    || [...document.querySelectorAll('.taro_page .skeleton')].some(one => one.checkVisibility());
  const look = () => {
    const now = performance.now();
    frames += 1;
    if (isWaiting()) [since, frames] = [now, 0];
    if (now - since >= QUIET_MS && frames >= QUIET_FRAMES) done(true);
    else if (now - start > limit) done(Boolean(isThere()));
    else requestAnimationFrame(look);
  };
  look();
})"""

#: One look at the page on top. `small`: what is too small for a finger; `wide`: what sticks out at the side.
_LOOK = """async ([finger, isByKeys]) => {
  // A new width is told to the page before its next frame.
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const top = [...document.querySelectorAll('.taro_page')].filter(one => one.checkVisibility()).pop() ?? document.body;
  const name = node => (node.getAttribute('aria-label') || node.textContent || node.placeholder || node.tagName)
    .trim().slice(0, 40) + ' <' + node.tagName.toLowerCase() + ' class=' + node.className + '>';
  const isSeen = node => {
    if (!node.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const box = node.getBoundingClientRect();
    return box.width > 1 && box.height > 1;
  };
  const scrolls = node => {
    for (let up = node.parentElement; up && up !== top.parentElement; up = up.parentElement)
      if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(up).overflowX)
        && up.getBoundingClientRect().right <= innerWidth + 1 && up !== top) return true;
    return false;
  };
  const isInText = node => getComputedStyle(node).display === 'inline' && node.parentElement
    && [...node.parentElement.childNodes].some(one => one.nodeType === 3 && one.textContent.trim());
  const small = [], wide = [];
  for (const node of top.querySelectorAll('button, a[href], input, select, textarea, [role=button], [role=link]')) {
    if (!isSeen(node) || isInText(node)) continue;
    const holder = node.matches('input, select, textarea') ? node.closest('label') ?? node : node;
    const box = holder.getBoundingClientRect();
    if (box.width < finger || box.height < finger)
      small.push(`${Math.round(box.width)}x${Math.round(box.height)} ${name(node)}`);
  }
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (over > 0) wide.push(`the page by ${over} px`);
  for (const node of top.querySelectorAll('*')) {
    const box = node.getBoundingClientRect();
    if (box.right > innerWidth + 1 && box.width > 0 && isSeen(node) && !scrolls(node)) {
      wide.push(`${name(node)} by ${Math.round(box.right - innerWidth)} px`);
      break;
    }
  }
  // Where the keyboard is must be seen: a ring around what has the focus, or around what looks like the field.
  const isRinged = node => {
    const { outlineStyle, outlineWidth } = getComputedStyle(node);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
  };
  const unseen = [];
  if (isByKeys) {
    const before = document.activeElement;
    for (const node of top.querySelectorAll('button, a[href], input, select, textarea, [tabindex="0"]')) {
      if (!isSeen(node) || node.disabled) continue;
      node.focus({ preventScroll: true, focusVisible: true });
      if (document.activeElement === node && ![node, node.parentElement, node.closest('label') ?? node].some(isRinged))
        unseen.push(name(node));
    }
    if (before instanceof HTMLElement && before !== document.body) before.focus({ preventScroll: true });
    else document.activeElement?.blur?.();
  }
  return {
    small, wide, unseen,
    headings: [...top.querySelectorAll('h1')].filter(one => one.textContent.trim()).length,
    waits: [...top.querySelectorAll('.skeleton')].filter(isSeen).length,
  };
}"""

_TEXTS = """() => {
  const top = [...document.querySelectorAll('.taro_page')].filter(one => one.checkVisibility()).pop() ?? document.body;
  const found = new Set();
  const walk = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.trim();
    const holder = walk.currentNode.parentElement;
    const isPicture = holder.closest('[aria-hidden=true]') && text.length === 1; // a letter in the place of a picture
    if (text && !isPicture && holder.checkVisibility()) found.add(text);
  }
  for (const node of top.querySelectorAll('[placeholder], [aria-label], [title]'))
    for (const name of ['placeholder', 'aria-label', 'title'])
      if (node.getAttribute(name)) found.add(node.getAttribute(name).trim());
  return [...found];
}"""


def faults_of_form(page: Page, *, is_by_keys: bool = False) -> list[str]:
    """Too small for a finger, sticking out at the side, without a heading, still only grey shapes; and, by the keyboard,
    what has the focus and does not show it.
    """
    seen = page.evaluate(_LOOK, [FINGER, is_by_keys])
    return [
        *(f"too small: {one}" for one in seen["small"]),
        *(f"too wide: {one}" for one in seen["wide"]),
        *(f"focus not seen: {one}" for one in seen["unseen"]),
        *(["no h1"] if seen["headings"] == 0 else []),
        *(["stays a skeleton"] if seen["waits"] else []),
    ]


def texts_of(page: Page) -> list[str]:
    """Everything the page on top says, read or read out."""
    return list(page.evaluate(_TEXTS))


def data_heard(page: Page) -> set[str]:
    """The words of answers that are data; what else an answer says must be in the reader's language."""
    heard: dict[str, dict[str, int]] = page.evaluate("() => window.__heard ?? {}")
    return {text.strip() for field, texts in heard.items() if DATA_FIELDS.search(field) for text in texts}


def keys_shown(texts: Iterable[str], keys: frozenset[str]) -> list[str]:
    """Names of texts where the texts should stand."""
    return [f"key: {text}" for text in texts if text in keys or text.partition(":")[2] in keys]


def chinese_left(texts: Iterable[str], data: set[str]) -> list[str]:
    """Chinese on a page in English that nobody's data explain."""
    by_length = sorted(data, key=len, reverse=True)
    return [f"Chinese: {text[:80]}" for text in texts if HAN.search(_without(text, by_length))]


def _without(text: str, data: list[str]) -> str:
    if not HAN.search(text):
        return ""
    for known in data:
        if known in text:
            text = text.replace(known, "")
            if not HAN.search(text):
                return ""
    return text


def simplified_left(texts: Iterable[str], forgotten: frozenset[str]) -> list[str]:
    """Simplified texts of the catalogue on a page in traditional script."""
    return [f"simplified: {text[:80]}" for text in texts if text in forgotten]


#: The page on top, as a script.
TOP = "([...document.querySelectorAll('.taro_page')].filter(one => one.checkVisibility()).pop() ?? document.body)"


def faults_by_axe(page: Page) -> list[str]:
    """What axe calls serious or critical in the page on top, contrast included; loaded once per document."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(
        """async () => {
          const pages = [...document.querySelectorAll('.taro_page')].filter(one => one.checkVisibility());
          const answer = await axe.run(pages.pop() ?? document.body, { resultTypes: ['violations'] });
          return answer.violations.filter(one => ['serious', 'critical'].includes(one.impact)).map(one => (
            { id: one.id, many: one.nodes.length, html: one.nodes[0].html.slice(0, 160),
              why: (one.nodes[0].any[0] ?? one.nodes[0].all[0] ?? one.nodes[0].none[0])?.message ?? '' }));
        }"""
    )
    return [f"axe {one['id']} x{one['many']}: {one['why'][:160]} {one['html']}" for one in found]


def is_elsewhere(url: str, home: str) -> bool:
    """A request that leaves the installation: another host, or a port other than ours and that of live updates."""
    if not url.startswith(("http:", "https:", "ws:", "wss:")):
        return False
    host, _, port = re.sub(r"^\w+://", "", home).split("/")[0].partition(":")
    asked_host, _, asked_port = re.sub(r"^\w+://", "", url).split("/")[0].partition(":")
    return asked_host != host or asked_port not in (port, str(int(port or 80) + 1))
