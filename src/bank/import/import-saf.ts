import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { VivaError } from '../../core/errors.ts';
import { readLabel } from '../../core/rating-label.ts';
import type { ImportedAnswer, ImportedItem, ImportedSet, ImportFault } from './imported-set.ts';
import { scoreCriteria, scoreVerdicts, stepScale, type ScoreScale } from './scores.ts';
import type { SourceFile } from './source-files.ts';

const RATER = 'agreed mark';
/** The set's own words for a score: `Correct` is 1, `Incorrect` 0, `Partially correct` all between. */
const setsOwn: ScoreScale = { kind: 'verdicts', max: 1, metFrom: 1, partialAbove: 0 };

/**
 * Short Answer Feedback (Filighera and others, ACL 2022): one XML file a question. The two graders' single marks are not published, so
 * their agreed mark is one human rater. Its score of 0 to 1 becomes a verdict the way the set itself names scores (1 met, 0 missed, partial
 * between), or with `scores: 'steps'` one verdict for each eighth or tenth, which keeps the score whole; the tags keep it in any case.
 */
export function importSaf(files: readonly SourceFile[], options: { scores: 'verdicts' | 'steps' }): ImportedSet {
  const faults: ImportFault[] = [];
  const notes = files.flatMap(({ name, note }) => (note === null ? [] : [`${name}: ${note}.`]));
  const keys = keysOf(files.map(({ name }) => name));
  const questions = files.flatMap((file, index) => readQuestion({ file, key: keys[index] ?? '', faults }) ?? []);
  if (questions.length === 0) {
    throw new VivaError('input-invalid', {
      message: `None of ${files.length} file${files.length === 1 ? '' : 's'} holds a question of Short Answer Feedback.${faults[0] ? ` ${faults[0].file}:${faults[0].line}: ${faults[0].what}.` : ''}`,
      fix: 'Name a folder of XML files with <question>, <referenceAnswers> and <studentAnswers>, or one such file.',
    });
  }
  const scaled = questions.map((question) => ({ ...question, scale: scaleOf({ question, options, notes }) }));
  return {
    name: 'saf',
    title: 'Short Answer Feedback',
    source: 'Short Answer Feedback, Filighera and others, ACL 2022 (MIT)',
    purpose: 'To measure judges against the mark that two graders agreed on. Not for tuning on its test half.',
    how: 'Two graders marked each answer from 0 to 1 and wrote feedback; where they differed they agreed on a mark, and only that is published. So the set has no human ceiling.',
    when: 'As published in 2022',
    licence: 'MIT',
    raters: [
      { name: RATER, kind: 'human', who: 'The mark on which two graders agreed; their single marks are not published' },
    ],
    items: scaled.map(({ item, scale, reference }) => ({
      ...item,
      criteria: scoreCriteria({ scale, expects: reference }),
    })),
    answers: scaled.flatMap(({ answers, scale }) =>
      answers.map(({ score, ...answer }): ImportedAnswer => ({
        ...answer,
        tags: [`score ${score}`],
        ratings: [{ rater: RATER, verdicts: scoreVerdicts({ scale, score }) }],
      })),
    ),
    faults,
    notes,
  };
}

type ScoredAnswer = Omit<ImportedAnswer, 'ratings' | 'tags'> & { score: number };
type Question = { item: Omit<ImportedItem, 'criteria'>; reference: string; answers: ScoredAnswer[] };

function scaleOf(args: { question: Question; options: { scores: 'verdicts' | 'steps' }; notes: string[] }): ScoreScale {
  if (args.options.scores === 'verdicts') return setsOwn;
  const scale = stepScale({ scores: args.question.answers.map(({ score }) => score), min: 0, max: 1 });
  if (scale === undefined) {
    args.notes.push(
      `${args.question.item.key}: its scores need more than 8 steps, or 16 half ones, so they became verdicts.`,
    );
  }
  return scale ?? setsOwn;
}

const meta = XMLParser.getMetaDataSymbol();

/** A question's key is the name of its file, whatever folder was named; with the folder only where two files share a name. */
function keysOf(names: readonly string[]): string[] {
  const short = names.map((name) => (name.split(/[\\/]/).at(-1) ?? name).replace(/\.xml$/i, ''));
  return short.map((key, index) =>
    short.indexOf(key) === short.lastIndexOf(key) ? key : (names[index] ?? key).replace(/\.xml$/i, ''),
  );
}

function readQuestion(args: { file: SourceFile; key: string; faults: ImportFault[] }): Question | undefined {
  const { file, key, faults } = args;
  const lineAt = createLineFinder(file.text);
  const fault = (line: number, what: string): undefined => void faults.push({ file: file.name, line, what });
  const valid = XMLValidator.validate(file.text);
  if (valid !== true) return fault(valid.err.line, `it is not valid XML (${valid.err.msg})`);
  const parser = new XMLParser({
    captureMetaData: true,
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    parseAttributeValue: false,
    isArray: (name) => name === 'studentAnswer' || name === 'referenceAnswer',
  });
  const document: unknown = parser.parse(file.text);
  const question = child(document, 'question');
  const prompt = textOf(child(question, 'questionText'));
  if (question === undefined || prompt === '') return fault(1, 'it holds no <question> with a <questionText>');
  const reference = childrenOf(child(question, 'referenceAnswers'), 'referenceAnswer')
    .map(textOf)
    .filter((text) => text !== '')
    .join('\n\n');
  const item = { key, title: prompt, chapter: textOf(child(question, '@module')) || 'all', prompt, reference };
  const answers = childrenOf(child(question, 'studentAnswers'), 'studentAnswer').flatMap((node): ScoredAnswer[] => {
    const line = lineAt(startOf(node));
    const written = textOf(child(node, 'score'));
    const score = Number(readLabel(written) ?? Number.NaN);
    if (!(score >= 0 && score <= 1)) {
      fault(line, written === '' ? 'it has no score' : `its score "${written.slice(0, 40)}" is no number from 0 to 1`);
      return [];
    }
    const text = textOf(child(node, 'response'));
    return [
      {
        file: file.name,
        line,
        key: textOf(child(node, '@id')) || null,
        item: key,
        text,
        family: null,
        split: null,
        score,
      },
    ];
  });
  return { item, reference, answers };
}

function child(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null ? Reflect.get(node, name) : undefined;
}

function childrenOf(node: unknown, name: string): unknown[] {
  const found = child(node, name);
  return Array.isArray(found) ? found : [];
}

/** The text of an element, whether it has attributes or not. */
function textOf(node: unknown): string {
  if (typeof node === 'string') return node.trim();
  const inner = child(node, '#text');
  return typeof inner === 'string' ? inner.trim() : '';
}

function startOf(node: unknown): number {
  if (typeof node !== 'object' || node === null) return 0;
  const start = child(Reflect.get(node, meta.valueOf()), 'startIndex');
  return typeof start === 'number' ? start : 0;
}

/** The line, from 1, that a place in the text is on. */
function createLineFinder(text: string): (place: number) => number {
  const breaks = [...text.matchAll(/\n/g)].map(({ index }) => index);
  return (place) => breaks.filter((at) => at < place).length + 1;
}
