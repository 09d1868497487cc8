import { createHash } from 'node:crypto';
import type { PredictionView } from '../tutor/learner-view.ts';
import type { FormState } from './form-state.ts';
import { readField } from './read-form.ts';
import { strings } from './strings.ts';

const COVERED = /^covered-(\d{1,2})$/;

/** A posted answer form as it was filled in. `more`, where it was sent, is one more sentence at the end of the answer. */
export function readAnswerForm(form: Map<string, string>): FormState {
  const answer = readField(form, 'answer');
  const more = readField(form, 'more').trim();
  const option = readField(form, 'option');
  const problems = form.has('more') && more === '' ? [{ field: 'answer', message: strings.revise.oneMoreEmpty }] : [];
  return {
    answer: more === '' ? answer : `${answer.trimEnd()}\n\n${more}`,
    option: /^\d{1,2}$/.test(option) ? Number(option) : null,
    prediction: { covered: readCovered(form), sure: readSure(readField(form, 'sure')) },
    idempotencyKey: readField(form, 'key'),
    visit: readField(form, 'visit'),
    whyLeftOut: form.has('alone'),
    problems,
    previewed: false,
  };
}

/** What the learner predicted; null where they left it out, undefined where they ticked parts but did not say how sure they are. */
export function predictionOf({ prediction }: FormState): PredictionView | null | undefined {
  const { covered, sure } = prediction;
  if (sure === null) return covered.length === 0 ? null : undefined;
  return { covered, sure };
}

/**
 * The key a form's submit is known by: where the page stood when it was made, and what was written on it. A double click, a second
 * tab or a second sending after a lost reply is one attempt; whoever writes something else makes another.
 */
export function submitKey({ idempotencyKey, answer, option }: FormState): string {
  const text = createHash('sha256')
    .update(JSON.stringify([answer, option]))
    .digest('hex')
    .slice(0, 32);
  return `${idempotencyKey.slice(0, 100)} ${text}`;
}

function readCovered(form: Map<string, string>): number[] {
  return [...form.keys()].flatMap((name) => {
    const ordinal = COVERED.exec(name)?.[1];
    return ordinal === undefined ? [] : [Number(ordinal)];
  });
}

/** 0–1 from percent; null where none was picked. */
function readSure(percent: string): number | null {
  return /^\d{1,3}$/.test(percent) && Number(percent) <= 100 ? Number(percent) / 100 : null;
}
