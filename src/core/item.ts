import { z } from 'zod';
import { AuthoredId, Prose } from './ids.ts';
import { Points } from './rubric.ts';

const common = {
  id: AuthoredId.describe('The name of this file, and of its rubric file.'),
  title: Prose.max(80).describe('A few words for lists; it must not give the answer away.'),
  chapter: AuthoredId.describe('A chapter id of course.yaml.'),
  concept: AuthoredId.describe('A concept id of course.yaml.'),
  difficulty: z.int().min(1).max(5).describe("The author's estimate: 1 nearly everyone gets it, 5 few do."),
  next: z
    .array(AuthoredId)
    .max(3)
    .describe('1 to 3 items worth doing after this one; none only where it is the only item of its course.'),
  prompt: Prose.describe('The question, in Markdown with $math$.'),
  reference: Prose.describe('The model answer, in Markdown with $math$. Hidden until the reveal.'),
};

export const FreeResponseItem = z.strictObject({ kind: z.literal('free-response'), ...common });
export type FreeResponseItem = z.infer<typeof FreeResponseItem>;

/** One option of a choice item: the right one, or a wrong one that says why it is wrong and what it betrays. */
export const Option = z.union([
  z.strictObject({
    text: Prose,
    'why-wrong': Prose,
    misconception: AuthoredId.optional().describe('The misconception of the rubric that choosing this option reveals.'),
  }),
  z.strictObject({ text: Prose, correct: z.literal(true) }),
]);
export type Option = z.infer<typeof Option>;

export const ChoiceItem = z.strictObject({
  kind: z.literal('choice'),
  ...common,
  options: z
    .array(Option)
    .min(2)
    .max(8)
    .refine((options) => options.filter(isCorrect).length === 1, 'mark exactly one option with `correct: true`'),
  'option-points': Points.describe('What picking the right option is worth; the rubric holds the points of the why.'),
});
export type ChoiceItem = z.infer<typeof ChoiceItem>;

/** `bank/<course>/<item-id>.yaml`: a question in the bank. */
export const Item = z.discriminatedUnion('kind', [FreeResponseItem, ChoiceItem]);
export type Item = z.infer<typeof Item>;

/** Whether an option is the right one. */
export function isCorrect(option: Option): option is Extract<Option, { correct: true }> {
  return 'correct' in option;
}

/** The 1-based position of the right option. The schema guarantees there is exactly one. */
export function correctOption(item: ChoiceItem): number {
  return item.options.findIndex(isCorrect) + 1;
}
