const GREEN = '#1f883d';
const RED = '#cf222e';

/** Signs of our documents as pictures of our own: which machine has a font with them is anybody's guess. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ['✅', box(GREEN, 'M4 8.5l2.5 2.5 5.5-6')],
  ['❌', cross(RED)],
  ['⚪', disc('#d1d9e0')],
  ['🔵', disc('#0969da')],
  ['🟣', disc('#8250df')],
  ['🟢', disc(GREEN)],
  ['🔴', disc(RED)],
]);

const ANY = new RegExp([...SIGNS.keys()].join('|'), 'gu');

export function drawSigns(html: string): string {
  return html.replaceAll(ANY, (sign) => SIGNS.get(sign) ?? sign);
}

function disc(colour: string): string {
  return svg(`<circle cx="8" cy="8" r="6.5" fill="${colour}"/>`);
}

function box(colour: string, path: string): string {
  return svg(`<rect width="16" height="16" rx="3" fill="${colour}"/>${stroke('#fff', path)}`);
}

function cross(colour: string): string {
  return svg(stroke(colour, 'M3 3l10 10M13 3L3 13'));
}

function stroke(colour: string, path: string): string {
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2.5" stroke-linecap="round"/>`;
}

function svg(inner: string): string {
  return `<svg class="sign" viewBox="0 0 16 16" width="13" height="13">${inner}</svg>`;
}
