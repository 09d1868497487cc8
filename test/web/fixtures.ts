import type { AttemptView, ItemView, JudgeCard, RevealView } from '../../src/tutor/learner-view.ts';

/** Views as the tutor gives them, one for each state a page can show. */

export const embeddedCard: JudgeCard = { judge: 'embedded', model: 'embedded', readBy: 'this server' };

const prompt = [
  'A square projection has $d = 4096$ and you train a LoRA adapter of rank $r = 16$ on it, so that',
  '',
  "$$W' = W + \\frac{\\alpha}{r} B A, \\qquad A \\in \\mathbb{R}^{r \\times d},\\; B \\in \\mathbb{R}^{d \\times r}.$$",
  '',
  'How many parameters does the adapter train, what share of the full matrix is that, and *why* does so small a share',
  'often do? Assume `bias=none`.',
].join('\n');

const answer = [
  'The adapter trains two low-rank factors, A and B, so the count is 2 · 4096 · 16 = 131,072 parameters, and that is under one percent of the 16.8 million in the full matrix.',
  '',
  'It works since the update to a trained model is nearly low-rank: a few directions carry most of the change. Because only one product BA is stored, you could also say that the rank sets the learning rate.',
].join('\n');

export function quoted(text: string, quote: string): { quote: string; start: number; end: number } {
  const start = text.indexOf(quote);
  if (start < 0) throw new Error(`"${quote}" is not in the text`);
  return { quote, start, end: start + quote.length };
}

const asks = [
  'What exactly is trained?',
  'How many parameters is that, and what share of $d^2$?',
  'Why can so small an update be enough?',
  'What does the rank trade off?',
];

export const itemView: ItemView = {
  id: 'lora-count',
  course: { id: 'post-training', title: 'Post-training language models', answers: 'open' },
  title: 'Counting what an adapter trains',
  kind: 'free-response',
  chapter: { id: '2', title: 'Inside fine-tuning and RL' },
  concept: 'Production pipelines',
  difficulty: 2,
  prompt,
  options: [],
  asks,
  maxPoints: 7,
  optionPoints: null,
  tries: { allowed: 3, used: 1 },
  standing: 'counted',
  revealed: false,
  attempts: [
    {
      id: '00000000-0000-4000-8000-000000000001',
      status: 'graded',
      standing: 'counted',
      points: { low: 2.5, high: 2.5, max: 7 },
      createdAt: '2026-03-02T09:14:00.000Z',
    },
    {
      id: '00000000-0000-4000-8000-000000000002',
      status: 'graded',
      standing: 'counted',
      points: { low: 4.5, high: 4.5, max: 7 },
      createdAt: '2026-03-02T09:21:00.000Z',
    },
  ],
  latest: { answer, option: null },
  due: null,
  next: [
    { id: 'lora-merge', title: 'Merging an adapter back' },
    { id: 'qlora-memory', title: 'Where the memory goes' },
  ],
  judge: embeddedCard,
};

export const gradedView: AttemptView = {
  id: '00000000-0000-4000-8000-000000000002',
  item: { id: 'lora-count', title: itemView.title, kind: 'free-response', prompt, options: [] },
  status: 'graded',
  standing: 'counted',
  tryNumber: 2,
  tries: { allowed: 3, used: 2 },
  answer,
  option: null,
  createdAt: '2026-03-02T09:21:00.000Z',
  reason: null,
  points: { low: 4.5, high: 4.5, max: 7 },
  verdicts: [
    {
      ordinal: 1,
      asks: asks[0] ?? '',
      verdict: 'met',
      points: 2,
      max: 2,
      evidence: [quoted(answer, 'trains two low-rank factors, A and B, so the count is 2 · 4096 · 16')],
      note: '',
      settled: null,
    },
    {
      ordinal: 2,
      asks: asks[1] ?? '',
      verdict: 'met',
      points: 2,
      max: 2,
      evidence: [
        quoted(answer, 'so the count is 2 · 4096 · 16 = 131,072 parameters'),
        quoted(answer, 'under one percent of the 16.8 million'),
      ],
      note: '',
      settled: null,
    },
    {
      ordinal: 3,
      asks: asks[2] ?? '',
      verdict: 'partial',
      points: 0.5,
      max: 2,
      evidence: [quoted(answer, 'the update to a trained model is nearly low-rank')],
      note: 'What has the base model learned already, before the adapter sees anything?',
      settled: null,
    },
    {
      ordinal: 4,
      asks: asks[3] ?? '',
      verdict: 'missed',
      points: 0,
      max: 1,
      evidence: [],
      note: 'Picture $r = 1$ and $r = d$. What do you gain at each end, and what do you pay?',
      settled: null,
    },
  ],
  nudges: [
    {
      ordinal: 1,
      nudge: 'Which symbol in the formula scales the update, and is it the rank?',
      evidence: [quoted(answer, 'the rank sets the learning rate')],
      held: true,
      settled: null,
    },
  ],
  prediction: null,
  revision: null,
  appeals: [],
  feedback: {
    summary:
      'Part of what the question asks for stands in your answer; the rest is put to you as questions. It also takes a common wrong turn: see the marked words.',
    next: 'What does the rank trade off?',
  },
  judge: embeddedCard,
  revealed: false,
  reveal: null,
};

export const provisionalView: AttemptView = {
  ...gradedView,
  status: 'provisional',
  points: { low: 4.5, high: 6, max: 7 },
  nudges: [],
  verdicts: gradedView.verdicts.map((verdict) =>
    verdict.ordinal === 3
      ? { ...verdict, verdict: 'unsure', points: 0 }
      : verdict.ordinal === 4
        ? { ...verdict, verdict: 'unsure', note: 'What does $r$ buy, and what does it cost?' }
        : verdict,
  ),
  feedback: {
    summary: 'Part of your answer could be read two ways, so the grade is open until you say it more plainly.',
    next: 'In one more sentence: why can so small an update be enough?',
  },
  judge: { judge: 'openai', model: 'llama-3.3-70b', readBy: 'api.example.org' },
};

const ungradedParts = { points: null, verdicts: [], nudges: [], feedback: null, judge: null } as const;

export const waitingView: AttemptView = {
  ...gradedView,
  ...ungradedParts,
  verdicts: [],
  nudges: [],
  status: 'grading',
};

export const returnedView: AttemptView = { ...waitingView, status: 'returned', reason: 'repeats-prompt' };

export const ungradedView: AttemptView = { ...waitingView, status: 'ungraded', reason: 'timeout' };

export const reveal: RevealView = {
  reference:
    'Two factors are trained, $A$ with $r \\times d$ and $B$ with $d \\times r$ entries:\n\n$$2 r d = 2 \\cdot 16 \\cdot 4096 = 131{,}072 \\approx 0.78\\,\\%\\ \\text{of}\\ d^2.$$\n\nThe base model already holds what the task needs; adapting it moves the weights in few directions.',
  criteria: asks.map((question, index) => ({
    ordinal: index + 1,
    asks: question,
    expects:
      [
        'Names both low-rank factors, $A$ and $B$.',
        'Gives $2rd = 131{,}072$, about 0.78 % of the full matrix.',
        'Adapting a trained model needs few directions; the update has low intrinsic rank.',
        'More rank, more capacity and more memory.',
      ][index] ?? '',
    partial: index === 2 ? 'Says the update is low-rank without saying why that is.' : null,
    points: [2, 2, 2, 1][index] ?? 1,
    verdict: (['met', 'met', 'partial', 'missed'] as const)[index] ?? null,
  })),
  misconceptions: [
    {
      claim: 'The rank sets the learning rate.',
      tempts: 'The factor $\\alpha / r$ stands in front of the update.',
      refutes:
        'The rank bounds how many directions the update has; the scale is $\\alpha / r$, and the rate is the optimiser’s.',
      held: true,
    },
    {
      claim: 'Only one factor is trained, so it is 65,536.',
      tempts: 'The update is written as one product.',
      refutes: 'Both $A$ and $B$ receive gradients.',
      held: false,
    },
  ],
  options: [],
};

export const revealedView: AttemptView = { ...gradedView, revealed: true, reveal };
