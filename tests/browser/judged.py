"""What axe found sound in one page is sound in every page built of the same parts: only what has a new part is judged.

A part is one thing that axe rests on: what an element is, what names it and whether anything does, what it stands in
and what it holds where that matters; or how a text is painted, and on what. Not the words themselves, nor how often they
are there. Only what happens to lie over or under a text without holding it is told by no part.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page

#: The parts below a node, each as a short text. Whoever lets axe look at more things must name them here, too.
_PARTS = """root => {
  const NAMES = new Set(['aria-label', 'aria-roledescription', 'aria-valuetext', 'title', 'alt', 'placeholder']);
  const LINKS = new Set(['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'aria-details',
    'aria-activedescendant', 'aria-errormessage', 'headers']);
  const COUNTS = /^aria-(valuenow|valuemin|valuemax|posinset|setsize|row\\w+|col\\w+)$/;
  const WHOLE = /^(aria-.+|role|type|tabindex|lang|dir|scope|hidden|disabled|readonly|required|contenteditable|autocomplete|ismap)$/;
  const THERE = /^(href|src|usemap|controls|muted|srcdoc)$/;
  const PRESSED = 'a[href], button, input, select, textarea, summary, [role=button], [role=link], [role=tab],'
    + '[role=option], [role=radio], [role=checkbox], [role=switch], [role^=menuitem], [role=treeitem]';
  const FOCUSED = PRESSED + ', [tabindex]';
  // Nothing in them may have the focus.
  const FLAT = PRESSED + ', [role=img], [role=progressbar], [role=slider], [role=meter], [role=math]';
  // What must have, or may only have, children of a kind; and what must stand in something.
  const HOLDING = 'ul, ol, dl, table, thead, tbody, tr, select, [role]';
  const HELD = 'li, dt, dd, tr, td, th, option, [role]';
  const OFF = '[disabled], [aria-disabled=true]';
  const hash = text => {
    let one = 0xdeadbeef, other = 0x41c6ce57;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      one = Math.imul(one ^ code, 2654435761);
      other = Math.imul(other ^ code, 1597334677);
    }
    return ((one ^ (one >>> 16)) >>> 0).toString(36) + ((other ^ (other >>> 13)) >>> 0).toString(36);
  };
  const said = text => ((text ?? '').trim() ? 'said' : 'empty');
  // Where a link leads: nowhere, to one that says something or does not, to several of one id.
  const target = id => {
    const found = document.querySelectorAll('#' + CSS.escape(id));
    const [only] = found;
    return found.length === 1 ? said(only.textContent || only.getAttribute('aria-label') || only.value) : found.length;
  };
  const attribute = ({ name, value }) => {
    if (NAMES.has(name)) return `${name}=${said(value)}`;
    if (name === 'for') return `for=${document.querySelectorAll('#' + CSS.escape(value)).length}`;
    if (LINKS.has(name)) return `${name}=${value.split(/\\s+/).filter(Boolean).map(target)}`;
    if (COUNTS.test(name) || THERE.test(name)) return name;
    return WHOLE.test(name) ? `${name}=${value}` : '';
  };
  const labels = node => (node.labels ? [...node.labels].map(label => said(label.textContent)).join() : '');
  // 18 points, or 14 in bold: of these less contrast is asked.
  const isLarge = ({ fontSize, fontWeight }) => parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24);
  const scrolls = ({ overflowX, overflowY }, node) => /auto|scroll/.test(overflowX + overflowY)
    && (node.scrollHeight > node.clientHeight + 12 || node.scrollWidth > node.clientWidth + 12);
  const groundOf = (style, ground) => {
    if (style.backgroundImage !== 'none') return 'picture';
    const colour = style.backgroundColor;
    if (/^rgba\\(.*, 0\\)$/.test(colour)) return ground;
    return /^rgba/.test(colour) ? `${colour} on ${ground}` : colour;
  };
  const parts = new Set();
  // `around`: the elements it stands in, the nearest first; `ground`: the colour below it; `faint`: how much shines through.
  const walk = (node, around, ground, faint) => {
    if (!node.checkVisibility()) return { own: '', isSaying: false };
    const tag = node.tagName.toLowerCase();
    const style = getComputedStyle(node);
    const below = groundOf(style, ground);
    const shines = style.opacity === '1' ? faint : `${faint}*${style.opacity}`;
    const text = [...node.childNodes].map(one => (one.nodeType === 3 ? one.data.trim() : '')).join('');
    const own = [tag, ...[...node.attributes].map(attribute).filter(Boolean).sort(), labels(node)].join(';');
    const children = tag === 'svg' ? [] : [...(node.shadowRoot?.children ?? []), ...node.children]
      .map(child => walk(child, [own, ...around.slice(0, 1)], below, shines));
    const isSaying = node.getAttribute('aria-hidden') !== 'true' && Boolean(text || children.some(one => one.isSaying)
      || [node.getAttribute('aria-label'), node.getAttribute('alt'), node.getAttribute('title'),
        tag === 'svg' && node.querySelector('title')?.textContent].some(name => name && name.trim()));
    const up = node.parentElement;
    parts.add(hash([
      own, isSaying, node.matches(HELD) && around, style.visibility,
      // Whether keys must reach it depends on what exactly lies beyond its edge: its measures make it a part of its own.
      scrolls(style, node) && (node.matches(FOCUSED) || node.querySelector(FOCUSED) ? 'scrolls'
        : [node.scrollWidth, node.clientWidth, node.scrollHeight, node.clientHeight]),
      node.matches(FOCUSED) && [Boolean(node.closest('[aria-hidden=true]')), Boolean(up?.closest(FLAT))],
      node.matches(HOLDING) && [...new Set(children.map(one => one.own))].sort(),
      tag === 'a' && [style.color, style.textDecorationLine, up && getComputedStyle(up).color],
    ].join('|')));
    // Of a single sign axe does not judge the colour, nor of what cannot be pressed now.
    if (text || 'value' in node)
      parts.add('colour ' + hash([text.length === 1, style.color, isLarge(style), below, shines, Boolean(node.closest(OFF)),
        Boolean(node.closest('[aria-hidden=true]'))].join('|')));
    return { own, isSaying };
  };
  const above = [];
  for (let up = root.parentElement; up; up = up.parentElement) above.unshift(getComputedStyle(up));
  walk(root, [], above.reduce((ground, style) => groundOf(style, ground), 'rgb(255, 255, 255)'), '1');
  return [...parts];
}"""

BODY = "document.body"


def parts_of(page: Page, root: str = BODY) -> set[str]:
    """What the page is built of, below what the script `root` names."""
    return set(page.evaluate(f"() => ({_PARTS})({root})"))


@dataclass
class Judgements:
    """The parts of all pages in which nothing was found."""

    sound: set[str] = field(default_factory=set)

    def of(
        self,
        page: Page,
        judge: Callable[[], list[str]],
        *,
        judge_shape: Callable[[], list[str]] | None = None,
        root: str = BODY,
    ) -> list[str]:
        """What `judge` finds in the page as it stands; it is not asked where every part is known to be sound.

        Contrast is what axe takes longest for: `judge_shape`, which does without, is asked where all colours are known.
        """
        parts = parts_of(page, root)
        if not (new := parts - self.sound):
            return []
        is_painted_alike = not any(part.startswith("colour ") for part in new)
        found = judge_shape() if judge_shape and is_painted_alike else judge()
        if not found:
            self.sound |= parts
        return found


#: Of everybody in this process.
JUDGED = Judgements()
