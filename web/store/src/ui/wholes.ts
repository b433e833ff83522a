// Numbers of documents and amounts inside of a sentence: a line never ends within one.

const WHOLE = /[A-Z]{2,}\d{4,}-\d+|[-+−]?(?:[A-Z]{0,2}[¥$]|[€£])\d[\d,]*(?:\.\d+)?/g;

export interface Part {
  text: string;
  isWhole: boolean;
}

/** A sentence cut into what stays in one piece and what is between. */
export function wholes(text: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const found of text.matchAll(WHOLE)) {
    if (found.index > at) parts.push({ text: text.slice(at, found.index), isWhole: false });
    parts.push({ text: found[0], isWhole: true });
    at = found.index + found[0].length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), isWhole: false });
  return parts;
}
