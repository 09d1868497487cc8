import type { RaterKind, Split } from '../../core/eval-set.ts';

/** What stands wrong in a file that is imported. `line` counts from 1. */
export type ImportFault = { file: string; line: number; what: string };

export type ImportedVerdict = 'met' | 'partial' | 'missed';

/** A criterion as outside data has it: something to earn, without the hints and cues of an authored one. */
export type ImportedCriterion = {
  /** Unique in its item; becomes an authored id. */
  name: string;
  points: number;
  /** What earns the points, and what does not. */
  expects: string;
  /** What half-way means; null where there is none. */
  partial: string | null;
};

/** A question by its own key in the outside data. Texts are raw: assembling makes them Markdown. */
export type ImportedItem = {
  key: string;
  title: string;
  chapter: string;
  prompt: string;
  reference: string;
  criteria: readonly ImportedCriterion[];
};

export type ImportedRating = { rater: string; verdicts: Readonly<Record<string, ImportedVerdict>> };

/** An answer with where it stands. `key` is its own id there, null where it has none; verdicts go by criterion name. */
export type ImportedAnswer = {
  file: string;
  line: number;
  key: string | null;
  item: string;
  text: string;
  family: string | null;
  split: Split | null;
  /** Words that become tags. */
  tags: readonly string[];
  ratings: readonly ImportedRating[];
};

/** Somebody who rated, by the name that ratings use. `who` is for strangers. */
export type ImportedRater = { name: string; kind: RaterKind; who: string };

/** What an importer read, before it is made into content. */
export type ImportedSet = {
  /** The course's and the eval set's id, and the beginning of every item's. */
  name: string;
  title: string;
  /** Where it comes from, for the `imported` line of rubrics. */
  source: string;
  purpose: string;
  how: string;
  when: string;
  licence: string;
  raters: readonly ImportedRater[];
  items: readonly ImportedItem[];
  answers: readonly ImportedAnswer[];
  faults: ImportFault[];
  /** Things to know that stand on no line. */
  notes: string[];
};
