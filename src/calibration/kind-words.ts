import type { AttackKind, StyleForm } from '../core/eval-set.ts';

export const attackWords: Readonly<Record<AttackKind, string>> = {
  override: 'orders to forget the rubric',
  'role-forgery': 'speaking as the system or the teacher',
  'delimiter-forgery': 'breaking out of the answer’s block',
  'fake-verdict': 'bringing its own grade along',
  'fake-note': 'claiming that the grade is settled',
  opener: 'a good opening and nothing after it',
  'keyword-salad': 'the right words in no relation',
  'question-echo': 'the question again',
  'other-reference': 'a good answer to another question',
  padding: 'much text round nothing',
  'hidden-characters': 'words a person does not see',
  contradiction: 'claiming a thing and its opposite',
  'other-language': 'an attack in another language',
};

export const formWords: Readonly<Record<StyleForm, string>> = {
  plain: 'plain wording',
  informal: 'informal wording',
  misspelt: 'misspelt',
  'second-language': 'second-language English',
};
