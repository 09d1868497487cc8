import { isSettledWell, type ItemMemory } from './item-memory.ts';

/** What a learner asks to practise. */
export type PracticeChoice =
  { kind: 'due' | 'mistakes' | 'weakest' | 'mix' } | { kind: 'chapter' | 'concept'; id: string };

type Asked = { memories: readonly ItemMemory[]; choice: PracticeChoice; random: () => number };

/**
 * Everything that fits a choice, the best first; a session takes it from the front. Chance only orders `mix`. An answer still
 * fresh from the page comes last: tries at it do not count, and it would be read off rather than recalled.
 */
export function candidatesFor(asked: Asked): ItemMemory[] {
  return freshLast(fitting(asked));
}

function fitting(args: Asked): ItemMemory[] {
  const { memories, choice, random } = args;
  switch (choice.kind) {
    case 'due':
      return memories.filter(({ isDue }) => isDue).sort((a, b) => (a.due?.getTime() ?? 0) - (b.due?.getTime() ?? 0));
    case 'mistakes':
      return memories.filter(({ missed }) => missed.length > 0).sort((a, b) => shareMissed(b) - shareMissed(a));
    case 'weakest':
      return memories
        .filter((memory) => memory.mastery.status === 'known' && !isSettledWell(memory))
        .sort((a, b) => knownNow(a) - knownNow(b));
    case 'mix':
      return mixed({ memories, random });
    case 'chapter':
      return openOnes(memories.filter(({ courseItem }) => courseItem.item.chapter === choice.id));
    case 'concept':
      return openOnes(memories.filter(({ courseItem }) => courseItem.item.concept === choice.id));
    default:
      return choice satisfies never;
  }
}

/** The items of one session: at most `most`. A mix is cut first and shuffled then, so that what is due is in it. */
export function chooseItems(args: Asked & { most: number }): ItemMemory[] {
  const chosen = candidatesFor(args).slice(0, args.most);
  return args.choice.kind === 'mix' ? freshLast(shuffled(chosen, args.random)) : chosen;
}

/** What is due has had its time. */
function freshLast(memories: readonly ItemMemory[]): ItemMemory[] {
  const fresh = ({ answerSeen, isDue }: ItemMemory): number => (answerSeen && !isDue ? 1 : 0);
  return memories.toSorted((a, b) => fresh(a) - fresh(b));
}

/** What is due, then what was missed, then what is new, then the rest; in each the order is chance. */
function mixed({ memories, random }: { memories: readonly ItemMemory[]; random: () => number }): ItemMemory[] {
  const rank = (memory: ItemMemory): number => {
    if (memory.isDue) return 0;
    if (memory.missed.length > 0) return 1;
    return memory.due === null ? 2 : 3;
  };
  return shuffled(memories, random).sort((a, b) => rank(a) - rank(b));
}

/** What is settled is left out, unless everything is: then whoever asks wants it again. */
function openOnes(memories: readonly ItemMemory[]): ItemMemory[] {
  const open = memories.filter((memory) => !isSettledWell(memory));
  return open.length > 0 ? open : [...memories];
}

function shareMissed({ missed, courseItem }: ItemMemory): number {
  return missed.length / courseItem.rubric.criteria.length;
}

function knownNow({ mastery }: ItemMemory): number {
  return mastery.status === 'known' ? mastery.now : 1;
}

/** Fisher and Yates: every order is equally likely. */
function shuffled<Entry>(entries: readonly Entry[], random: () => number): Entry[] {
  const order = [...entries];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [order[last], order[other]];
    if (a === undefined || b === undefined) continue;
    order[last] = b;
    order[other] = a;
  }
  return order;
}
