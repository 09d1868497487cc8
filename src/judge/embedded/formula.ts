const greek: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  θ: 'theta',
  λ: 'lambda',
  π: 'pi',
  σ: 'sigma',
  τ: 'tau',
};
const raised: Readonly<Record<string, string>> = {
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  n: 'ⁿ',
  t: 'ᵗ',
  k: 'ᵏ',
};

// What may stand between two signs of a formula and means nothing: white space, signs of multiplication, TeX wrapping.
const between = String.raw`(?:[\s·*×⋅∙$\\{}]|times\s|cdot)*`;

/** Whether a term is letters mixed with digits or operators (`2dr`, `d^2`, `r_w-r_l`) and not a hyphenated word. */
export function isFormula(written: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(written)) return false;
  if (/[\^=+*/_·×<>≤≥≈@()[\]−]/u.test(written) || /\s-\s|^-|[σπβθαλ]/u.test(written)) return true;
  return /\p{L}/u.test(written) ? /\p{N}/u.test(written) || /^\p{L}-\p{L}$/u.test(written) : false;
}

/** A pattern that finds the formula whatever its spacing and signs of multiplication; Greek letters match their names. */
export function formulaPattern(written: string): RegExp {
  let plain = written.normalize('NFC').toLowerCase();
  for (const [letter, name] of Object.entries(greek)) plain = plain.replaceAll(letter, name);
  plain = plain.replace(/[²³]/gu, (sign) => (sign === '²' ? '^2' : '^3')).replace(/[−–]/gu, '-');
  const signs = plain.match(/alpha|beta|gamma|delta|epsilon|theta|lambda|sigma|tau|\bpi\b|\^\w|[^\s·*×$\\{}]/gu) ?? [];
  const body = signs.map(signPattern).join(between);
  return new RegExp(String.raw`(?<![\p{L}\p{N}_^.])${body}(?![\p{L}\p{N}_])`, 'giu');
}

function signPattern(sign: string): string {
  const letter = Object.entries(greek).find(([, name]) => name === sign)?.[0];
  if (letter !== undefined) return String.raw`(?:\\?${sign}|${letter})`;
  if (sign.length === 2 && sign.startsWith('^')) {
    const power = sign.slice(1);
    const small = raised[power];
    return String.raw`(?:(?:\^|\*\*)\s*\{?\s*${power}\}?${small === undefined ? '' : `|${small}`})`;
  }
  if (sign === '-') return '[-−–]';
  if (sign === '=') return '(?:=|≈|is|equals)';
  if (sign === '/') return String.raw`(?:\/|÷|over\s)`;
  if (sign === '(' || sign === ')') return `\\s*\\${sign}?`;
  if (sign === '_') return '_?';
  return sign.replace(/[.+?|[\]^<>≤≥@-]/gu, String.raw`\$&`).replace(/\\([<>≤≥@-])/gu, '$1');
}
