import type { Item } from '../../../core/item.ts';
import type { Rubric } from '../../../core/rubric.ts';
import { contentWords } from '../../../core/text.ts';
import { promptText } from '../../screen.ts';

export type Question = { item: Item; rubric: Rubric };

/** Which question of a course a text speaks of, told by its words. */
export type CourseIndex = {
  /** For each question the share (0 to 1) of a text's telling words that are written there, by how rare they are in the course. */
  fits: (text: string) => ReadonlyMap<string, number>;
};

/** Indexes all that is written about each question. 67 questions take some 150 ms, so it is done at the first answer, not at start. */
export function indexCourse(questions: readonly Question[]): CourseIndex {
  const vocabularies = new Map(
    questions.map((question) => [question.item.id, new Set(contentWords(writtenAbout(question)))]),
  );
  const uses = new Map<string, number>();
  for (const vocabulary of vocabularies.values()) {
    for (const word of vocabulary) uses.set(word, (uses.get(word) ?? 0) + 1);
  }
  // A word no question uses tells none from another.
  const weightOf = (word: string): number => {
    const count = uses.get(word);
    return count === undefined ? 0 : Math.log((questions.length + 1) / (count + 0.5));
  };
  return {
    fits: (text) => {
      const said = [...new Set(contentWords(text))].map((word) => ({ word, weight: weightOf(word) }));
      const all = said.reduce((sum, { weight }) => sum + weight, 0);
      return new Map(
        [...vocabularies].map(([id, vocabulary]) => {
          const there = said.reduce((sum, { word, weight }) => (vocabulary.has(word) ? sum + weight : sum), 0);
          return [id, all === 0 ? 0 : there / all];
        }),
      );
    },
  };
}

function writtenAbout({ item, rubric }: Question): string {
  return [
    promptText(item),
    item.reference,
    ...rubric.criteria.flatMap(({ asks, expects, partial }) => [asks, expects, partial ?? '']),
    ...rubric.misconceptions.flatMap(({ claim, refutes }) => [claim, refutes]),
    ...rubric.exemplars.map(({ answer }) => answer),
  ].join('\n');
}
