import type { Disagreement } from '../../calibration/report-findings.ts';
import type { CalibrationReport } from '../../calibration/report-schema.ts';
import { decimalPoints } from '../../core/points.ts';
import { segmentAnswer } from '../../core/segment-answer.ts';
import { html, visible, type Html } from './html.ts';
import { more, type Section } from './section.ts';
import { verdictWords } from './words.ts';

/** So many are open, and printed. */
const SHOWN = 5;
/** Longer reasoning is a list of what was found, of use only to whoever mends the judge. */
const LONGEST_REASONING = 120;

/** The disagreements most worth reading, whole: the answer with what the judge quoted, and everybody's verdicts side by side. */
export function disagreementsSection({ disagreements, disagreementsFrom }: CalibrationReport): Section {
  return {
    id: 'disagreements',
    title: `${disagreements.length} disagreements worth reading`,
    body: html`<p class="says">
        Those on a part that is worth much, on which the judge was sure and the raters agreed, and not one criterion
        again and again. Where two parts cancel out, the sums may agree all the same. Marked in each answer is what the
        judge quoted; the numbers lead to the parts below it.
        ${disagreementsFrom === 'dev' && html`They are dev answers: reading test answers and then changing a rubric would make the figures above worthless.`}
      </p>
      ${disagreements.length === 0 && html`<p>There are none.</p>`} ${disagreements.slice(0, SHOWN).map(card)}
      ${
        disagreements.length > SHOWN &&
        more(
          `${disagreements.length - SHOWN} more`,
          html`${disagreements.slice(SHOWN).map((one, index) => card(one, SHOWN + index))}`,
        )
      }`,
  };
}

function card(one: Disagreement, index: number): Html {
  const { points } = one;
  const parts = one.verdicts.map((verdict, at) => ({ differs: verdict.differs, row: verdictRow(verdict, at) }));
  const mistakes = one.misconceptions.map((mistake, at) => ({
    differs: differsOn(mistake),
    row: misconceptionRow(mistake, at),
  }));
  const rows = [...parts, ...mistakes];
  const same = rows.filter(({ differs }) => !differs);
  const of = (thousandths: number): string => String(Math.round(decimalPoints(thousandths) * 100) / 100);
  return html`<article class="disagreement">
    <h3>${index + 1}. ${one.title} <span class="path">${one.answer}</span></h3>
    <p class="says">
      Points: raters ${points.raters === null ? 'open' : of(points.raters)}, judge ${of(points.judge)}, of
      ${of(points.max)}. ${one.option !== null && `Option ${one.option} picked.`}
    </p>
    ${more('The question', html`<p class="verbatim">${one.prompt}</p>`, 'printed')}
    <div class="verbatim answer-text">${markedAnswer(one)}</div>
    ${verdictTable({ name: `Where they differ on ${one.answer}`, rows: rows.filter(({ differs }) => differs) })}
    ${
      same.length > 0 &&
      more(
        `The ${same.length === 1 ? 'part' : `${same.length} parts`} on which they agree`,
        verdictTable({ name: `Where they agree on ${one.answer}`, rows: same }),
      )
    }
  </article>`;
}

function verdictTable({ name, rows }: { name: string; rows: readonly { row: Html }[] }): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${name}">
    <table class="verdicts">
      <thead>
        <tr>
          <th scope="col">part</th>
          <th scope="col">raters</th>
          <th scope="col">judge</th>
          <th scope="col">the judge’s reasoning</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(({ row }) => row)}
      </tbody>
    </table>
  </div>`;
}

/** Whether the judge says of a common wrong answer what most raters say. */
function differsOn({ heldBy, raters, judge }: Disagreement['misconceptions'][number]): boolean {
  return judge !== (2 * heldBy.length > raters ? 'held' : 'not-held');
}

function verdictRow(verdict: Disagreement['verdicts'][number], index: number): Html {
  const { asks, expects, raters, judge, confidence, reasoning, barred, differs } = verdict;
  return html`<tr class="${differs ? 'differs' : ''}">
    <th scope="row">
      <span class="part-name">${index + 1}</span> ${asks}
      ${differs && html`<span class="says">Expected: ${expects}</span>`}
    </th>
    <td>${ratersWords(raters)}</td>
    <td>
      ${verdictWords[judge]}
      <span class="says"
        >${Math.round(100 * confidence)} %
        sure${barred === 'check' && '; lowered by a check'}${barred === 'evidence' && '; no quote stands in the answer'}</span
      >
      ${differs && html`<span class="differs-word">differs</span>`}
    </td>
    <td>${reasoningOf(reasoning)}</td>
  </tr>`;
}

function reasoningOf(reasoning: string): Html {
  return reasoning.length > LONGEST_REASONING ? more('how it found this', visible(reasoning)) : visible(reasoning);
}

function misconceptionRow(one: Disagreement['misconceptions'][number], index: number): Html {
  const { claim, heldBy, raters, judge } = one;
  const people =
    heldBy.length === 0 ? verdictWords['not-held'] : `${verdictWords['held']} (${heldBy.length} of ${raters})`;
  return html`<tr class="${differsOn(one) ? 'differs' : ''}">
    <th scope="row"><span class="part-name">${letter(index)}</span> Wrong answer: ${claim}</th>
    <td>${people}</td>
    <td>${verdictWords[judge]}</td>
    <td></td>
  </tr>`;
}

/** "✓ met (3)", or each rater by name where they differ. */
function ratersWords(raters: Disagreement['verdicts'][number]['raters']): Html {
  const given = raters.filter(({ verdict }) => verdict !== null);
  const first = given[0];
  if (first === undefined) return html`–`;
  if (given.every(({ verdict }) => verdict === first.verdict))
    return html`${verdictWords[first.verdict ?? '']}
      <span class="says">${given.length === 1 ? first.rater : `all ${given.length}`}</span>`;
  return html`<ul class="raters">
    ${given.map(({ rater, verdict }) => html`<li>${verdictWords[verdict ?? '']} <span class="says">${rater}</span></li>`)}
  </ul>`;
}

function markedAnswer({ text, verdicts, misconceptions }: Disagreement): Html {
  const kindOf = new Map<string, string>();
  const highlights = [
    ...verdicts.flatMap(({ evidence, judge }, index) => {
      kindOf.set(String(index + 1), judge);
      return evidence.map(({ start, end }) => ({ note: String(index + 1), start, end }));
    }),
    ...misconceptions.flatMap(({ evidence }, index) => {
      kindOf.set(letter(index), 'wrong-turn');
      return evidence.map(({ start, end }) => ({ note: letter(index), start, end }));
    }),
  ];
  return html`${segmentAnswer({ answer: text, highlights }).map(({ text: stretch, notes, ends }) => {
    const outermost = notes[0];
    const marked =
      outermost === undefined
        ? visible(stretch)
        : html`<mark class="mark-${kindOf.get(outermost)}">${visible(stretch)}</mark>`;
    return html`${marked}${ends.map((name) => html`<sup>${name}</sup>`)}`;
  })}`;
}

function letter(index: number): string {
  return String.fromCharCode(65 + index);
}
