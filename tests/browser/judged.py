"""What axe said of a page holds for every page built alike: each structure is judged once a process.

A structure is all that axe's answer rests on: elements that are rendered, what they are, what names them and whether
anything does, the colours and sizes they are painted with. Not the words themselves, nor how often a row repeats.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page

#: A number for the structure below a node. Whoever lets axe look at more things must name them here, too.
_STRUCTURE = """root => {
  const NAMES = new Set(['aria-label', 'aria-roledescription', 'aria-valuetext', 'title', 'alt', 'placeholder']);
  const LINKS = new Set(['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'aria-details',
    'aria-activedescendant', 'aria-errormessage', 'for', 'headers']);
  const COUNTS = /^aria-(valuenow|valuemin|valuemax|posinset|setsize|row\\w+|col\\w+)$/;
  const WHOLE = /^(aria-.+|role|type|tabindex|lang|dir|scope|hidden|disabled|readonly|required|contenteditable|autocomplete|ismap)$/;
  const THERE = /^(href|src|usemap|controls|muted|srcdoc)$/;
  const hash = text => {
    let one = 0xdeadbeef, other = 0x41c6ce57;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      one = Math.imul(one ^ code, 2654435761);
      other = Math.imul(other ^ code, 1597334677);
    }
    return ((one ^ (one >>> 16)) >>> 0).toString(36) + ((other ^ (other >>> 13)) >>> 0).toString(36);
  };
  const says = text => (text ?? '').trim() ? 'said' : 'empty';
  // Where a link leads: nowhere, to one that says something, to one that does not, to several of one id.
  const target = id => {
    const found = document.querySelectorAll('#' + CSS.escape(id));
    return found.length === 1 ? says(found[0].textContent || found[0].getAttribute('aria-label') || found[0].value) : found.length;
  };
  const attribute = ({ name, value }) => {
    if (NAMES.has(name)) return `${name}=${says(value)}`;
    if (LINKS.has(name)) return `${name}=${value.split(/\\s+/).filter(Boolean).map(target)}`;
    if (COUNTS.test(name) || THERE.test(name)) return name;
    return WHOLE.test(name) ? `${name}=${value}` : '';
  };
  const control = node => 'labels' in node && node.labels
    ? [...node.labels].map(label => says(label.textContent)) + says(node.value) + (node.checked ?? '') : '';
  const painted = (node, hasText) => {
    const style = getComputedStyle(node);
    const parts = [];
    if (hasText || 'value' in node) parts.push(style.color, style.fontSize, style.fontWeight, style.textDecorationLine);
    if (style.backgroundColor !== 'rgba(0, 0, 0, 0)') parts.push(style.backgroundColor);
    if (style.backgroundImage !== 'none') parts.push('picture');
    if (style.opacity !== '1') parts.push(style.opacity);
    if (style.visibility !== 'visible') parts.push(style.visibility);
    if (/auto|scroll/.test(style.overflowX + style.overflowY))
      parts.push(node.scrollHeight > node.clientHeight + 12, node.scrollWidth > node.clientWidth + 12);
    return parts.join();
  };
  const structure = node => {
    if (!node.checkVisibility()) return '';
    const tag = node.tagName.toLowerCase();
    const hasText = [...node.childNodes].some(one => one.nodeType === 3 && one.data.trim());
    const own = [tag, ...[...node.attributes].map(attribute).filter(Boolean).sort(), control(node), hasText ? 'text' : '',
      painted(node, hasText)].join(';');
    if (tag === 'svg') return hash(own + says(node.querySelector('title')?.textContent));
    const below = [...(node.shadowRoot?.children ?? []), ...node.children].map(structure).filter(Boolean);
    // One row or several of a kind; of how many is nobody's matter.
    const kinds = [...new Set(below)].map(one => (below.indexOf(one) === below.lastIndexOf(one) ? one : `${one}+`));
    return hash(`${own}[${kinds}]`);
  };
  return structure(root);
}"""

BODY = "document.body"


def structure_of(page: Page, root: str = BODY) -> str:
    """The structure of what the script `root` names, as a short text that pages built alike share."""
    return str(page.evaluate(f"() => ({_STRUCTURE})({root})"))


@dataclass
class Judgements:
    """What was said of each structure so far."""

    said: dict[str, list[str]] = field(default_factory=dict)

    def of(self, page: Page, judge: Callable[[], list[str]], *, root: str = BODY) -> list[str]:
        """What `judge` finds in the page as it stands; of a structure that was judged before, what was found then."""
        structure = structure_of(page, root)
        if structure not in self.said:
            self.said[structure] = judge()
        return self.said[structure]


#: Of everybody in this process.
JUDGED = Judgements()
