/** A stretch of an answer that can be pointed at: UTF-16 offsets, end exclusive, no white space at either end. */
export type Piece = { start: number; end: number };

/** A sentence of more words is cut into its clauses, so that pointing at one says something. */
const LONG_SENTENCE_WORDS = 10;
/** Shorter clauses stay with their neighbour: two words are no claim. */
const SHORTEST_CLAUSE_WORDS = 4;

const sentenceEnd = /[.!?…]+["'”’)\]]*(?=\s)|\n/gu;
const abbreviation = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|approx|ca|fig|eq|no|resp|\p{L})\.$/iu;
/** The number of a line in a list; what it numbers follows. */
const listNumber = /(?:^|\n|[.!?…]+["'”’)\]]*\s)\d{1,2}\.$/u;
const clauseEnd =
  /[;:—](?=\s)|\s[–-](?=\s)|,(?=\s+(?:and|but|so|or|nor|yet|because|since|while|which|who|where|whereas|then|as|if|when|although|though|even|not|with|without|that|this|it|they|we|you)\b)|(?=\s+(?:because|but|whereas|although|while|since)\s)/giu;

/**
 * Cuts an answer into sentences, and long sentences into clauses, in reading order. The pieces hold every letter and figure of
 * the answer; only white space lies between them. One piece where there is nothing to cut.
 */
export function cutAnswer(answer: string): Piece[] {
  return sentencesOf(answer).flatMap((sentence) => clausesOf(answer, sentence));
}

/** Whether two stretches share a letter or a figure; a shared full stop is not enough. */
export function overlap(args: { answer: string; one: Piece; other: Piece }): boolean {
  const { answer, one, other } = args;
  const shared = answer.slice(Math.max(one.start, other.start), Math.min(one.end, other.end));
  return /[\p{L}\p{N}]/u.test(shared);
}

/** The whole of the sentences that a stretch of an answer shares a letter or a figure with; the stretch itself where there are none. */
export function sentencesAround({ answer, place }: { answer: string; place: Piece }): Piece {
  const around = sentencesOf(answer).filter((sentence) => overlap({ answer, one: sentence, other: place }));
  return { start: around[0]?.start ?? place.start, end: around.at(-1)?.end ?? place.end };
}

function sentencesOf(answer: string): Piece[] {
  const cuts = [...answer.matchAll(sentenceEnd)]
    .map((match) => match.index + match[0].length)
    .filter((cut) => {
      const before = answer.slice(Math.max(0, cut - 12), cut);
      return before.endsWith('\n') || !(abbreviation.test(before) || listNumber.test(before));
    });
  return piecesBetween({ answer, cuts: [0, ...cuts, answer.length] });
}

function clausesOf(answer: string, sentence: Piece): Piece[] {
  const text = answer.slice(sentence.start, sentence.end);
  if (countWords(text) <= LONG_SENTENCE_WORDS) return [sentence];
  const kept = [0];
  for (const match of text.matchAll(clauseEnd)) {
    const cut = match.index + match[0].length;
    const before = countWords(text.slice(kept.at(-1), cut));
    if (before >= SHORTEST_CLAUSE_WORDS && countWords(text.slice(cut)) >= SHORTEST_CLAUSE_WORDS) kept.push(cut);
  }
  return piecesBetween({ answer, cuts: [...kept, text.length].map((cut) => sentence.start + cut) });
}

/** What lies between neighbouring cuts, trimmed; a stretch without letter or figure goes to the piece before it. */
function piecesBetween({ answer, cuts }: { answer: string; cuts: readonly number[] }): Piece[] {
  const pieces: Piece[] = [];
  cuts.slice(1).forEach((to, index) => {
    const from = cuts[index] ?? 0;
    const text = answer.slice(from, to);
    if (text.trim() === '') return;
    const piece = { start: from + text.length - text.trimStart().length, end: from + text.trimEnd().length };
    const last = pieces.at(-1);
    if (last !== undefined && !/[\p{L}\p{N}]/u.test(text)) last.end = piece.end;
    else pieces.push(piece);
  });
  return pieces;
}

function countWords(text: string): number {
  return text.match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0;
}
