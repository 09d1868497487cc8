import MarkdownIt from 'markdown-it';
import { mathSpans } from '../core/math-spans.ts';
import type { FlashcardView } from '../tutor/collect-flashcards.ts';

/*
 * Anki's text import: a few directives, then one note a line. Anki shows HTML and sets formulas by MathJax, which looks for
 * \( … \) and \[ … \]. https://docs.ankiweb.net/importing/text-files.html
 */

const authored = new MarkdownIt({ html: false, linkify: false, typographer: false });

// Formulas leave the text before Markdown reads it; two private-use characters, dropped from the text first, hold their place.
const OPEN = '\uE000';
const CLOSE = '\uE001';
const held = new RegExp(`${OPEN}(\\d+)${CLOSE}`, 'gu');

/** The notes of one file. The guid makes a later import bring a note up to date instead of adding it again. */
export function ankiNotes(cards: readonly FlashcardView[]): string {
  const head = ['#separator:tab', '#html:true', '#columns:Guid\tFront\tBack\tTags', '#guid column:1', '#tags column:4'];
  const notes = cards.map((card) =>
    [`viva-${card.course}-${card.id}`, frontOf(card), backOf(card), tagsOf(card)].map(field).join('\t'),
  );
  return `${[...head, ...notes].join('\n')}\n`;
}

function frontOf({ prompt, reveal }: FlashcardView): string {
  const options = reveal.options.map(({ text }) => `<li>${inline(text)}</li>`).join('');
  return `${block(prompt)}${options === '' ? '' : `<ol>${options}</ol>`}`;
}

function backOf({ reveal }: FlashcardView): string {
  const right = reveal.options.find(({ correct }) => correct);
  return `${right ? `<p><b>${right.number}. ${inline(right.text)}</b></p>` : ''}${block(reveal.reference)}`;
}

function tagsOf({ course, chapter, concept }: FlashcardView): string {
  return `viva::${course}::chapter-${chapter} viva::${course}::${concept}`;
}

/** A field holds no tab and no line break; a line break inside a code block is kept as an entity. A leading # is no directive. */
function field(html: string): string {
  return html.trim().replaceAll('\t', '&#9;').replaceAll('\n', '&#10;').replace(/^#/, '&#35;');
}

function block(markdown: string): string {
  return withFormulas(markdown, (text) => authored.render(text));
}

function inline(markdown: string): string {
  return withFormulas(markdown, (text) => authored.renderInline(text));
}

function withFormulas(markdown: string, render: (text: string) => string): string {
  const spans = mathSpans(markdown.replace(/[\uE000\uE001]/gu, ''));
  const text = spans.map((span, index) => (span.kind === 'prose' ? span.text : `${OPEN}${index}${CLOSE}`)).join('');
  const formula = (index: string, fences: { inline: [string, string]; display: [string, string] }): string => {
    const span = spans[Number(index)];
    if (span === undefined || span.kind === 'prose') return '';
    const [open, close] = fences[span.kind];
    return `${open}${authored.utils.escapeHtml(span.text)}${close}`;
  };
  const asWritten = { inline: ['$', '$'], display: ['$$', '$$'] } satisfies Parameters<typeof formula>[1];
  const forMathJax = { inline: ['\\(', '\\)'], display: ['\\[', '\\]'] } satisfies Parameters<typeof formula>[1];
  return render(text)
    .replace(/<code[^>]*>[^]*?<\/code>/g, (code) =>
      code.replace(held, (_whole, index: string) => formula(index, asWritten)),
    )
    .replace(held, (_whole, index: string) => formula(index, forMathJax));
}
