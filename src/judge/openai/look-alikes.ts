/**
 * What an answer could forge a delimiter, a heading or a role line with, and the character shown in its place.
 * Each is one UTF-16 unit for one, so offsets survive, and reads the same to a judge.
 */
const lookAlikes = new Map([
  ['<', '‹'],
  ['>', '›'],
  ['`', 'ˋ'],
  ['~', '˜'],
  ['#', '＃'],
  ['=', '＝'],
  ['-', '‐'],
  ['_', '＿'],
  ['*', '＊'],
  [':', '꞉'],
  ['[', '［'],
]);

const originals = new Map([...lookAlikes].map(([original, shown]) => [shown, original]));

/** Small forms of Unicode that models read as their ASCII twins. */
const smallForms = new Map([
  ['﹤', '<'],
  ['﹥', '>'],
  ['﹕', ':'],
  ['﹟', '#'],
]);

/** Full-width forms sit at a fixed distance from ASCII. */
const FULL_WIDTH_FIRST = 0xff01;
const FULL_WIDTH_LAST = 0xff5e;
const FULL_WIDTH_DISTANCE = 0xfee0;

/** The text with full-width and small forms as ASCII, unit for unit, so that patterns see through them. */
export function toAscii(text: string): string {
  return Array.from({ length: text.length }, (_, index) => {
    const code = text.charCodeAt(index);
    if (code >= FULL_WIDTH_FIRST && code <= FULL_WIDTH_LAST) return String.fromCharCode(code - FULL_WIDTH_DISTANCE);
    const unit = text.charAt(index);
    return smallForms.get(unit) ?? unit;
  }).join('');
}

/** The character to show for one that must not appear as itself; anything else stays. */
export function disguise(character: string): string {
  return lookAlikes.get(character) ?? character;
}

/** The text as it was before `disguise`, full-width forms as ASCII, unit for unit: the form quotes are searched in. */
export function undisguise(text: string): string {
  return Array.from(toAscii(text), (character) => originals.get(character) ?? character).join('');
}
