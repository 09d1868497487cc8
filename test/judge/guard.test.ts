import { describe, expect, test } from 'vitest';
import { Item } from '../../src/core/item.ts';
import { Rubric } from '../../src/core/rubric.ts';
import { createLeakGuard } from '../../src/judge/guard.ts';

const item = Item.parse({
  id: 'stages',
  kind: 'free-response',
  title: 'Three stages',
  chapter: '1',
  concept: 'stages',
  difficulty: 1,
  next: ['stages'],
  prompt: 'Name the stages that turn raw text into an assistant, in order, and say what each one teaches.',
  reference:
    'Pretraining learns to predict the next word of raw text. Then SFT imitates demonstrations. RLHF or GRPO rewards preferred replies, with 16 samples a prompt.',
});
const rubric = Rubric.parse({
  item: 'stages',
  criteria: [
    {
      id: 'order',
      points: 2,
      asks: 'Which stages are there?',
      expects: 'Pretraining, then fine-tuning on demonstrations, then reinforcement of preferred replies.',
      hints: ['What comes first?', 'How many more follow?'],
      cues: [['pretrain*']],
    },
    {
      id: 'refusals',
      points: 1,
      asks: 'Where does it learn to decline?',
      expects: 'Alignment: raters punish harmful output.',
      hints: ['Not from raw text.'],
      cues: [['align*']],
    },
  ],
});

const shown = [item.prompt, ...rubric.criteria.flatMap(({ asks, hints }) => [asks, ...hints.slice(0, 1)])];
const verdict = (note: string, answer = ''): string =>
  createLeakGuard({ item, rubric, said: [...shown, answer] })(note).status;

describe('a note before the reveal', () => {
  test.each([
    'Which of the two would you do first, and why?',
    'You name the effect. What causes it?',
    'Could you say that in one plain sentence, with a reason?',
    'You say the text is raw. What would each later stage add to it?',
    'Multiply both shapes.',
    'How does σ change here?',
  ])('passes where it gives nothing away: %s', (note) => {
    expect(verdict(note)).toBe('safe');
  });

  test.each([
    ['a key number', 'Would you take 16 of them?'],
    ['words of the reference in a row', 'Does it predict the next word here?'],
    ['two telling words of one criterion', 'What about the demonstrations, and after those the reinforcement?'],
    ['a name', 'Have you heard of GRPO?'],
    ['a name in small letters', 'What does sft add to this?'],
    ['hyphens left out', 'Is there finetuning, and what is preferred?'],
    ['hyphens put in', 'Is there pre-training, and what is preferred?'],
    ['misspelt words', 'Is it pretraiining, then reinforcment?'],
    ['letters swapped', 'Is it pretrainign of the demonstartions?'],
    ['misspelt names', 'Is it SFTT, and then RLHFF?'],
    ['letters of another alphabet', 'Is it pretr\u0430ining, and what is th\u0435re then?'],
    ['nearly all of what is expected', 'Where do raters punish what is harmful?'],
  ])('is refused for %s', (_name, note) => {
    expect(verdict(note)).toBe('leaks');
  });

  test.each([
    ['German', 'Das Vortraining lernt Texte, danach kommt die Belohnung durch Menschen.'],
    ['Spanish', 'Primero aprende a predecir el texto y luego viene la recompensa de las personas.'],
    ['French without accents', 'Le modele apprend a predire le mot suivant, puis on utilise les preferences.'],
    ['Italian', 'Prima impara a prevedere la parola successiva e poi si usano le preferenze umane.'],
    ['Dutch', 'Eerst leert het model tekst te voorspellen, daarna komt de beloning van mensen in de laatste fase.'],
    ['Portuguese', 'O modelo aprende a prever a palavra seguinte e depois usa as recompensas das pessoas.'],
    ['Polish', 'Model ten uczy sie przewidywac kolejne slowo, a potem dostaje nagrode od ludzi.'],
    ['Indonesian', 'Model belajar memprediksi kata berikutnya lalu diberi hadiah oleh manusia.'],
    ['Russian', 'Сначала модель учится предсказывать следующее слово.'],
    ['Chinese', '先预训练,然后用人类反馈强化学习。'],
    [
      'English that ends in German',
      'What do you think of this? Das Vortraining kommt vor der Belohnung durch Menschen.',
    ],
  ])('is refused in another language: %s', (_name, note) => {
    expect(verdict(note)).toBe('leaks');
  });

  test('may quote an answer in another language', () => {
    const answer = 'Zuerst liest das Modell sehr viel Text aus dem Netz, größtenteils ungefiltert.';
    const note = 'You say "das Modell liest sehr viel Text, größtenteils ungefiltert": what does it learn from that?';
    expect(verdict(note, answer)).toBe('safe');
    expect(verdict(note)).toBe('leaks');
  });

  test('may repeat what the learner has said, names and misspellings included', () => {
    const note = 'You put pretraining before reinforcement with GRPO: what lies between them?';
    expect(verdict(note)).toBe('leaks');
    expect(verdict(note, 'First pretraning, then reinforcement, with GRPO I think.')).toBe('safe');
  });
});
