import katex from 'katex';

/** TeX as MathML, which browsers draw themselves: no stylesheet, no fonts, no script. Faulty TeX is shown as written. */
export function renderFormula({ tex, display }: { tex: string; display: boolean }): string {
  if (display) return renderWhole({ tex, display });
  const pieces = splitAtRelations(tex).map((piece) => renderWhole({ tex: piece, display }));
  return pieces.some((piece) => piece.includes('katex-error')) ? renderWhole({ tex, display }) : pieces.join('<wbr>');
}

/** Inline formulas longer than this may break over lines. */
const LONGEST_PIECE = 20;

/** A browser never breaks a formula, so a long one goes out in pieces: a line may end before each relation outside all brackets. */
function splitAtRelations(tex: string): string[] {
  if (tex.length <= LONGEST_PIECE) return [tex];
  const pieces: string[] = [];
  let start = 0;
  let depth = 0;
  for (const { 0: token, index } of tex.matchAll(/\\[A-Za-z]+|\\.|[()[\]{}=<>]/gs)) {
    if (/^(?:[([{]|\\left|\\begin)$/.test(token)) depth += 1;
    else if (/^(?:[)\]}]|\\right|\\end)$/.test(token)) depth -= 1;
    else if (
      depth === 0 &&
      relations.has(token) &&
      !/(?:^|[:!<>=_^]|\\not|\\right)\s*$/.test(tex.slice(start, index))
    ) {
      pieces.push(tex.slice(start, index));
      start = index;
    }
  }
  return [...pieces, tex.slice(start)];
}

const relations = new Set(
  '= < > \\approx \\le \\leq \\ge \\geq \\ll \\gg \\to \\propto \\sim \\ne \\neq \\equiv \\Rightarrow \\rightarrow'.split(
    ' ',
  ),
);

function renderWhole({ tex, display }: { tex: string; display: boolean }): string {
  const html = katex.renderToString(tex, {
    output: 'mathml',
    displayMode: display,
    throwOnError: false,
    strict: false,
    trust: false,
    maxExpand: 200,
  });
  // A wide formula scrolls by itself on a narrow screen, so the keyboard must be able to reach it.
  const frame = display ? '<span class="formula" tabindex="0">' : '<span class="katex">';
  return (
    html
      .replace('<span class="katex">', frame)
      // The content security policy allows no style attribute; what KaTeX says by style it also says by element.
      .replace(/ style="[^"]*"/g, '')
      // The source, for programs that read TeX: nobody sees it, and it doubles the page.
      .replace(/<annotation [^>]*>[\s\S]*?<\/annotation>/g, '')
      .replace(
        /<(m[ion]|mtext) mathvariant="([a-z-]+)">([^<]*)<\/\1>/g,
        (whole, element: string, variant, text: string) =>
          variant === 'normal' ? whole : `<${element}>${inAlphabet({ variant: String(variant), text })}</${element}>`,
      )
  );
}

// MathML Core, which browsers implement, knows no `mathvariant` but `normal`: each alphabet has letters of its own in Unicode.
const alphabets: Record<string, { upper: number; lower: number; digit: number | null }> = {
  bold: { upper: 0x1d400, lower: 0x1d41a, digit: 0x1d7ce },
  italic: { upper: 0x1d434, lower: 0x1d44e, digit: null },
  'bold-italic': { upper: 0x1d468, lower: 0x1d482, digit: null },
  script: { upper: 0x1d49c, lower: 0x1d4b6, digit: null },
  fraktur: { upper: 0x1d504, lower: 0x1d51e, digit: null },
  'double-struck': { upper: 0x1d538, lower: 0x1d552, digit: 0x1d7d8 },
  'sans-serif': { upper: 0x1d5a0, lower: 0x1d5ba, digit: 0x1d7e2 },
  monospace: { upper: 0x1d670, lower: 0x1d68a, digit: 0x1d7f6 },
};

// Letters that were in Unicode before the alphabets were, and stayed where they stood.
const strays: Record<string, string> = {
  'double-struck C': 'ℂ',
  'double-struck H': 'ℍ',
  'double-struck N': 'ℕ',
  'double-struck P': 'ℙ',
  'double-struck Q': 'ℚ',
  'double-struck R': 'ℝ',
  'double-struck Z': 'ℤ',
  'script B': 'ℬ',
  'script E': 'ℰ',
  'script F': 'ℱ',
  'script H': 'ℋ',
  'script I': 'ℐ',
  'script L': 'ℒ',
  'script M': 'ℳ',
  'script R': 'ℛ',
  'script e': 'ℯ',
  'script g': 'ℊ',
  'script o': 'ℴ',
  'fraktur C': 'ℭ',
  'fraktur H': 'ℌ',
  'fraktur I': 'ℑ',
  'fraktur R': 'ℜ',
  'fraktur Z': 'ℨ',
  'italic h': 'ℎ',
};

function inAlphabet({ variant, text }: { variant: string; text: string }): string {
  const alphabet = alphabets[variant];
  if (!alphabet) return text;
  const { upper, lower, digit } = alphabet;
  return text.replace(/[A-Za-z0-9]/g, (letter) => {
    const stray = strays[`${variant} ${letter}`];
    if (stray !== undefined) return stray;
    const code = letter.charCodeAt(0);
    if (code >= 97) return String.fromCodePoint(lower + code - 97);
    if (code >= 65) return String.fromCodePoint(upper + code - 65);
    return digit === null ? letter : String.fromCodePoint(digit + code - 48);
  });
}
