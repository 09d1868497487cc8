import MarkdownIt, { type Options } from 'markdown-it';
import { raw } from 'hono/html';
import { mathSpans, type MathSpan } from '../core/math-spans.ts';
import { renderFormula } from './render-formula.ts';

type Html = ReturnType<typeof raw>;

// Formulas leave the text before Markdown reads it, so that the underscores of TeX are never emphasis. Each is stood in
// for by its number after a dollar sign (where Markdown-it stops to look) between two private-use characters, which
// authored text cannot contain: they are dropped first.
const OPEN = '$\uE000';
const CLOSE = '\uE001';
const placeholder = new RegExp(`\\${OPEN}(\\d+)${CLOSE}`, 'gu');

const authored = createRenderer({ html: false, linkify: false, typographer: false });

// Notes may come from a model that read the learner's answer: words, emphasis, code and formulas, but nothing to click.
const modest = createRenderer({ html: false, linkify: false, typographer: false }).disable([
  'link',
  'image',
  'autolink',
]);

// What a learner writes, shown back to them: paragraphs, lists, emphasis, code and formulas. Nothing to click, nothing to
// fetch, and no headings, which would break into the outline of the page.
const written = createRenderer({ html: false, linkify: false, typographer: false, breaks: true }).disable([
  'link',
  'image',
  'autolink',
  'reference',
  'heading',
  'lheading',
  'hr',
  'table',
]);

// Authored text is finite and shown again and again; notes are not, but few live long enough to matter.
const CACHED_TEXTS = 2_000;
const cache = new Map<string, Html>();

/** Authored Markdown with `$math$` as HTML blocks: prompts, references. Raw HTML in it stays text. */
export function renderMarkdown(markdown: string): Html {
  return remember(`block ${markdown}`, () => withMath(markdown, (text, env) => authored.render(text, env)));
}

/** One line of Markdown with `$math$`: asks, hints, notes, claims. Raw HTML stays text; links and images stay text too. */
export function renderInline(markdown: string): Html {
  return remember(`inline ${markdown}`, () => withMath(markdown, (text, env) => modest.renderInline(text, env)));
}

/** A learner's own text as it would be set, inert whatever it holds. Not remembered: it changes with every key. */
export function renderWritten(text: string): Html {
  return raw(withMath(text, (markdown, env) => written.render(markdown, env)));
}

type Env = { spans: MathSpan[] };

function withMath(markdown: string, render: (text: string, env: Env) => string): string {
  const spans = mathSpans(markdown.replace(/[\uE000\uE001]/gu, ''));
  const text = spans.map((span, index) => (span.kind === 'prose' ? span.text : `${OPEN}${index}${CLOSE}`)).join('');
  return render(text, { spans });
}

function remember(key: string, render: () => string): Html {
  const known = cache.get(key);
  if (known) return known;
  const html = raw(render());
  if (cache.size >= CACHED_TEXTS) cache.clear();
  cache.set(key, html);
  return html;
}

function createRenderer(options: Options): MarkdownIt {
  const markdown = new MarkdownIt(options);
  markdown.inline.ruler.before('escape', 'math', (state, silent) => {
    if (!state.src.startsWith(OPEN, state.pos)) return false;
    const end = state.src.indexOf(CLOSE, state.pos);
    if (end < 0) return false;
    if (!silent) state.push('math', '', 0).content = state.src.slice(state.pos + OPEN.length, end);
    state.pos = end + CLOSE.length;
    return true;
  });
  markdown.renderer.rules['math'] = (tokens, index, _options, env: Env) =>
    formula(env.spans[Number(tokens[index]?.content)]);
  for (const name of ['code_inline', 'code_block', 'fence'] as const) {
    const rule = markdown.renderer.rules[name];
    markdown.renderer.rules[name] = (tokens, index, rendering, env: Env, self) => {
      const token = tokens[index];
      if (token)
        token.content = token.content.replace(placeholder, (_whole, at: string) => source(env.spans[Number(at)]));
      return rule?.(tokens, index, rendering, env, self) ?? '';
    };
  }
  return markdown;
}

function formula(span: MathSpan | undefined): string {
  return span === undefined ? '' : renderFormula({ tex: span.text, display: span.kind === 'display' });
}

function source(span: MathSpan | undefined): string {
  if (span === undefined) return '';
  const fence = span.kind === 'display' ? '$$' : '$';
  return `${fence}${span.text}${fence}`;
}
