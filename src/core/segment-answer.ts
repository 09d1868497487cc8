/** Words of the answer that one note is about. Offsets are UTF-16 into the answer, end exclusive. */
export type Highlight = { note: string; start: number; end: number };

/** A stretch of the answer under the same notes throughout. Joined in order, the texts are the answer. */
export type Segment = {
  text: string;
  /** The notes over this stretch, the one that began first outermost. */
  notes: string[];
  /** Highlights that begin here, with their count among the highlights of their note (from 1). */
  begins: { note: string; occurrence: number }[];
  /** Notes of highlights that end with this stretch: their numbers are set here. */
  ends: string[];
};

/**
 * Cuts an answer where highlights begin and end, so that overlapping highlights come out as stretches with several notes.
 * Highlights of one note that overlap or touch are one. Offsets outside the answer are pulled to its ends.
 */
export function segmentAnswer({ answer, highlights }: { answer: string; highlights: readonly Highlight[] }): Segment[] {
  const spans = mergeByNote({ length: answer.length, highlights });
  const cuts = [...new Set([0, answer.length, ...spans.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  );
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1] ?? answer.length;
    return {
      text: answer.slice(from, to),
      notes: spans.filter(({ start, end }) => start <= from && end >= to).map(({ note }) => note),
      begins: spans.filter(({ start }) => start === from).map(({ note, occurrence }) => ({ note, occurrence })),
      ends: spans.filter(({ end }) => end === to).map(({ note }) => note),
    };
  });
}

function mergeByNote({
  length,
  highlights,
}: {
  length: number;
  highlights: readonly Highlight[];
}): (Highlight & { occurrence: number })[] {
  const clamp = (offset: number): number => Math.min(Math.max(offset, 0), length);
  const inOrder = highlights
    .map(({ note, start, end }) => ({ note, start: clamp(start), end: clamp(end), occurrence: 1 }))
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const merged: typeof inOrder = [];
  for (const span of inOrder) {
    const previous = merged.findLast(({ note }) => note === span.note);
    if (previous && span.start <= previous.end) previous.end = Math.max(previous.end, span.end);
    else merged.push({ ...span, occurrence: (previous?.occurrence ?? 0) + 1 });
  }
  return merged;
}
