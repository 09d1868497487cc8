import { stem } from '../../core/text.ts';

/** The negations of the phrase language: each of them, in a phrase, finds any of them in an answer. */
export const negators: ReadonlySet<string> = new Set(
  (
    "no not n't nt never without neither nor none cannot lack lacks lacking lacked " +
    'dont doesnt didnt isnt arent wasnt werent wont wouldnt cant couldnt shouldnt hasnt havent hadnt mustnt mightnt neednt aint shant'
  ).split(' '),
);

/** Words that deny what follows too, but that a phrase finds only by name. */
export const nearNegators: ReadonlySet<string> = new Set('hardly barely scarcely'.split(' '));

/** Names of one thing; the first stands for all. Compounds like pre-training and pretraining need no entry. */
export const synonyms: readonly (readonly string[])[] = [
  [
    'sft',
    'supervised fine tuning',
    'supervised finetuning',
    'instruction tuning',
    'fine tuning',
    'finetuning',
    'fine tune',
    'finetune',
    'fine tuned',
    'finetuned',
    'fine tunes',
    'finetunes',
  ],
  ['rl', 'reinforcement learning'],
  ['rm', 'reward model', 'reward models', 'rms'],
  ['cot', 'chain of thought', 'chains of thought'],
  ['kl', 'kullback leibler'],
  ['cai', 'constitutional ai'],
  ['llm', 'large language model', 'large language models', 'llms'],
  ['vs', 'versus'],
];

/** A fine-tuning that one of these words introduces is not the supervised kind. */
export const unsupervisedTuning: ReadonlySet<string> = new Set(
  'rl rlhf rlvr rlaif ppo grpo dpo reinforcement preference reward'.split(' '),
);

/** Every form a word is compared by: as written, British spelling evened out, lemma, light stem. */
export function wordForms(args: { lower: string; lemma: string | undefined }): Set<string> {
  const plain = evenSpelling(args.lower.replace(/['’]s$/u, ''));
  const forms = new Set([plain, stem(plain)]);
  if (args.lemma !== undefined && args.lemma !== args.lower) {
    const lemma = evenSpelling(args.lemma);
    forms.add(lemma).add(stem(lemma));
  }
  return forms;
}

/** Both sides of a comparison pass here, so a wrong rewrite ("advize") does no harm. */
export function evenSpelling(lower: string): string {
  if (lower.length < 6) return lower;
  return lower
    .replace(/is(e|es|ed|er|ers|ing|ation|ations)$/u, 'iz$1')
    .replace(/yse(s|d)?$/u, 'yze$1')
    .replace(/our(s|ed|ing|al|ite|able)?$/u, 'or$1')
    .replace(/ll(ed|ing|er)$/u, 'l$1');
}

/** Whether two words differ by one slip: a letter too many, missing, wrong or swapped with its neighbour. The first letters agree. */
export function isOneSlipApart(left: string, right: string): boolean {
  if (left === right || left[0] !== right[0] || Math.abs(left.length - right.length) > 1) return false;
  let from = 0;
  while (from < left.length && left[from] === right[from]) from += 1;
  const restLeft = left.slice(from);
  const restRight = right.slice(from);
  if (restLeft.slice(1) === restRight || restLeft === restRight.slice(1)) return true;
  if (restLeft.slice(1) === restRight.slice(1)) return true;
  return restLeft[0] === restRight[1] && restLeft[1] === restRight[0] && restLeft.slice(2) === restRight.slice(2);
}
