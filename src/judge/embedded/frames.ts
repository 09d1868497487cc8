/**
 * A stretch of an answer that its writer does not say themselves. `disowned`: rejected or reported; `asked`: a question, in an
 * answer of little else; `aside`: a question among statements ("Why? Because …", "the KL term, maybe?"), which many right answers
 * hold. `marker` is the words that reject ("it is wrong to", "is a myth"), where they stand inside the sentence.
 */
export type Framed = {
  kind: 'disowned' | 'asked' | 'aside';
  start: number;
  end: number;
  marker: { start: number; end: number } | null;
};

type Stretch = { start: number; end: number; text: string };

const faulty = String.raw`(?:wrong|incorrect|mistaken|false|untrue|a\s+mistake|an\s+error|a\s+misconception|a\s+myth|a\s+trap|nonsense|misguided|backwards|naive|misleading)`;

// The view comes after these …
const opensView = new RegExp(
  [
    String.raw`\b(?:common|usual|typical|classic|frequent|popular|easy|big|main)\s+(?:\w+\s+)?(?:mistakes?|errors?|misconceptions?|misunderstandings?|traps?|wrong\s+answers?|fallac(?:y|ies)|pitfalls?)\b`,
    String.raw`\b(?:the|a|one)\s+(?:wrong|naive|tempting|mistaken|lazy)\s+(?:answer|idea|view|move|reply|reading|thought|conclusion|approach)\b`,
    String.raw`\b(?:some|many|most|a\s+lot\s+of|other)\s+(?:people|folks|students|teams|engineers|colleagues|learners|of\s+us|would|might|may|will)?\s*(?:would\s+|might\s+|may\s+|will\s+|often\s+)?(?:say|think|believe|claim|argue|assume|answer|suggest|conclude|suppose)\b`,
    String.raw`\b(?:one|you|someone|somebody|people|a\s+(?:colleague|teammate|beginner|novice|newcomer|student|reader)|the\s+teammate|they)\s+(?:might|may|could|would|often)\s+(?:be\s+tempted|say|think|believe|claim|argue|assume|expect|suppose|conclude|answer)\b`,
    String.raw`\b(?:people|they|skeptics|some)\s+(?:often\s+)?(?:say|think|believe|claim|argue|assume)\b`,
    String.raw`\btempt(?:ing|ed)\s+to\b`,
    String.raw`\b(?:my|our|your|the|a)\s+(?:team\s?mate|colleague|boss|manager|lead|friend|professor)s?\s+(?:said|says?|thinks?|believes?|claims?|argues?|insists?|suggest(?:s|ed)?)\b`,
    String.raw`\byou(?:['’]ll|\s+will|\s+may|\s+might|\s+often)\s+hear\b|\byou\s+hear\s+(?:that|people|some)\b`,
    String.raw`\bit(?:\s+is|['’]s|\s+would\s+be|\s+was)\s+(?:\w+\s+)?(?:wrong|incorrect|mistaken|a\s+mistake|an\s+error|false|a\s+misconception|naive|a\s+myth|misleading)\b`,
    String.raw`\b(?:contrary\s+to|as\s+opposed\s+to|unlike\s+what)\b`,
    String.raw`\b(?:not\s+(?:true|correct|right|the\s+case|so)\s+that|(?:isn|wasn)['’]t\s+(?:true|correct|right|the\s+case)\s+that)\b`,
    String.raw`\b(?:do\s+not|don['’]t|should\s+not|shouldn['’]t|must\s+not|never)\s+(?:\w+\s+)?(?:think|believe|assume|conclude|say|suppose|confuse|fall\s+for)\b`,
    String.raw`\b(?:misconception|myth|mistake|error|fallacy|mistaken\s+belief|idea|claim|notion|belief)\s+(?:is\s+|here\s+is\s+|would\s+be\s+)?(?:that|to)\b(?=[^.]*\b(?:wrong|false|mistak|incorrect|fails?|misses|ignores|forgets)\b)`,
  ].join('|'),
  'giu',
);
// … and before these.
const closesView =
  /\b(?:(?:is|are|was|would\s+be|['’]s|sounds?|seems?)\s+(?:\w+\s+)?(?:wrong|incorrect|false|mistaken|untrue|a\s+mistake|an\s+error|a\s+myth|a\s+misconception|the\s+(?:common\s+|usual\s+|classic\s+)?(?:wrong\s+answer|mistake|trap|misconception|error)|nonsense|a\s+trap|misguided|backwards)\b|(?:is|are)\s+not\s+(?:true|right|correct|so|the\s+case)\b|(?:isn|aren|wasn)['’]t\s+(?:true|right|correct|so|the\s+case)\b|i\s+(?:would\s+)?disagree\b)/giu;
// After one of these the writer speaks for themselves again.
const turns =
  /(?:[,;.—–-]\s*|\s)(?:but|however|in\s+fact|in\s+reality|actually|whereas|yet|though|although|i\s+disagree|that\s+(?:is|would\s+be)\s+(?:wrong|false))\b|;/giu;

// A reason is the writer's own where a deed is rejected ("it would be wrong to skip it because …"), not always where a saying is:
// "some say it is one because …" reports the reason too, unless a comma parts it.
const reasons = {
  deed: /\b(?:because|since|as\s+(?:it|this|that|the))\b|:\s/iu,
  saying: /,\s+(?:because|since)\b|(?<=\w\s+\S+\s+\S+):\s/iu,
};
const saysSo =
  /\b(?:say|says|said|think|thinks|believes?|claims?|argues?|assume|answer|suggest\w*|conclude|suppose|insists?|hear|expect|true|correct|right|that|what\s+\w+\s+\w+)\b/iu;

// What rejects the sentence before: "That is wrong.", "No, that's a myth", "Wrong!". Not "It is wrong to …", which opens a view of its own.
const rejectsBefore = new RegExp(
  String.raw`^\W*(?:(?:(?:but|yet|and|well|however),?\s+|no,?\s+)*(?:that|this|it|which|such|they|these|those|both|he|she)(?:['’]s|['’]re|(?:\s+[\p{L}'’]+){0,4}?\s+(?:is|are|was|were|be|sounds?|seems?))\s+(?:[\p{L}]+\s+){0,2}?(?:${faulty}|not\s+(?:true|right|correct|so|the\s+case))(?!\s+(?:to|that|for|one|on|when|if|about)\b|\s+of\b)|(?:that|this)\s+misses\b|(?:wrong|false|nonsense|not\s+so)\s*[.,:;!—–-]|i\s+(?:would\s+)?disagree\b|(?:(?:that|this|it)\s+)?(?:isn|aren|wasn)['’]t\s+(?:true|right|correct|so))`,
  'iu',
);
// "No, …" answers the question that was asked, as often as it rejects what stands before it: only after a question or a reported view is it clear.
const saysNo = /^\W*no\s*[.,:;!—–-]/iu;
// What rejects all that was said before, back to where the view was introduced.
const rejectsAll = new RegExp(
  String.raw`^\W*(?:but\s+)?(?:(?:they|these|those|all\s+these|all\s+those)(?:\s+[\p{L}]+)?\s+(?:are|were)\s+(?:all\s+)?(?:${faulty}|not\s+true|myths|mistakes|misconceptions)|(?:all|each|every\s+bit|every\s+word|both|much|most)\s+of\s+(?:this|that|it|the\s+above|them|these|those)\s+(?:is|are|was)\s+${faulty}|(?:everything|all)(?:\s+[\p{L}]+){0,3}\s+(?:is|are|was)\s+${faulty}|(?:none|nothing)\s+(?:of\s+(?:this|that|it|the\s+above|them|these|those)|above|here)\s+(?:is|are|was|holds?)\b)`,
  'iu',
);
const introducesViews =
  /\b(?:people|some|many|most|students|colleagues?|team\s?mates?|they|one|you)\s+(?:\w+\s+)?(?:say|says|said|think|thinks|believe|believes|claim|claims|argue|argues|assume|hear)\b|\b(?:mistakes|misconceptions|myths|claims|errors)\b/iu;
const asksSomething =
  /(?:^|[;:—]\s+|\s[–-]\s+|,\s+|\b(?:so|but|and|then)\s+)(?:so\s+|but\s+|and\s+)?(?:why|how|what|who|which|when|where|is|are|was|do|does|did|can|could|would|should|will|has|have)\b/giu;

/** An answer most of whose words, or nearly all of whose sentences, are rejected or reported says hardly anything itself: then a frame takes its whole sentence. */
const MOSTLY = { words: 0.6, sentences: 0.75 } as const;

/** A longer sentence that ends in a question mark states something first and asks in its last clause. */
const LONG_QUESTION = 160;
/** Characters of a sentence that rejects and does nothing else. */
const LONGEST_REJECTION = 60;
/** With more of its sentences asked than this share, an answer asks rather than says. */
const MOST_ASIDES = 0.5;

/** The stretches (offsets in the answer) of each sentence whose content its writer rejects, reports or only asks about. */
export function findFrames(sentences: readonly Stretch[]): Framed[][] {
  const frames = sentences.map((sentence, at) =>
    framesWithin({ sentence, rejected: isRejected(sentence, sentences[at + 1]) }),
  );
  sentences.forEach(({ text }, at) => {
    if (!rejectsAll.test(text)) return;
    for (let back = at - 1, from = firstOfView({ sentences, at }); back >= from; back -= 1) {
      frames[back] = whole(sentences[back]);
    }
  });
  const saying = sentences.flatMap((sentence, at) => (isBareRejection(sentence.text) ? [] : [{ sentence, at }]));
  const asked = saying.filter(({ at }) => frames[at]?.some(({ kind }) => kind === 'asked') === true);
  if (saying.length > 1 && asked.length <= MOST_ASIDES * saying.length) {
    sentences.forEach((_, at) => {
      frames[at] = (frames[at] ?? []).map((frame) => (frame.kind === 'asked' ? { ...frame, kind: 'aside' } : frame));
    });
  }
  return isMostlyFramed({ saying, frames })
    ? frames.map((own, at) => (own.some(isApart) ? whole(sentences[at]) : own))
    : frames;
}

function isRejected({ text }: Stretch, next: Stretch | undefined): boolean {
  if (next === undefined) return false;
  return (
    rejectsBefore.test(next.text) || (saysNo.test(next.text) && (/\?\W*$/u.test(text) || text.search(opensView) >= 0))
  );
}

function isMostlyFramed(args: {
  saying: readonly { sentence: Stretch; at: number }[];
  frames: readonly Framed[][];
}): boolean {
  const { saying } = args;
  const framed = saying.flatMap(({ at }) => {
    const apart = args.frames[at]?.filter(isApart) ?? [];
    return apart.length > 0 ? [lengthOf(apart)] : [];
  });
  const said = saying.reduce((sum, { sentence }) => sum + sentence.text.length, 0);
  const words = framed.reduce((sum, length) => sum + length, 0);
  return saying.length > 1 && (words >= MOSTLY.words * said || framed.length >= MOSTLY.sentences * saying.length);
}

/** Whether what stands inside earns nothing. */
export function isApart({ kind }: Framed): boolean {
  return kind !== 'aside';
}

/** "They are all wrong." says nothing more; "No, because the first samples all fail and …" does. */
function isBareRejection(text: string): boolean {
  return text.length <= LONGEST_REJECTION && (rejectsBefore.test(text) || saysNo.test(text) || rejectsAll.test(text));
}

/** The sentence that introduced the rejected views; the first of the answer where none did. */
function firstOfView({ sentences, at }: { sentences: readonly Stretch[]; at: number }): number {
  for (let back = at - 1; back >= 0; back -= 1) if (introducesViews.test(sentences[back]?.text ?? '')) return back;
  return 0;
}

function framesWithin({ sentence, rejected }: { sentence: Stretch; rejected: boolean }): Framed[] {
  const { start, end, text } = sentence;
  const asks = /\?\W*$/u.test(text);
  if (rejected && !asks) return whole(sentence);
  // "… so why not both? That would be wrong": it is the question that is rejected.
  const kind = rejected ? 'disowned' : 'asked';
  const framed: Framed[] = asks ? [{ kind, start: start + questionFrom(text), end, marker: null }] : [];
  for (const match of text.matchAll(opensView)) {
    const from = match.index + match[0].length;
    const marker = { start: start + match.index, end: start + from };
    framed.push({
      kind: 'disowned',
      start: marker.start,
      end: Math.min(end, start + from + viewLength(match[0], text.slice(from))),
      marker,
    });
  }
  for (const match of text.matchAll(closesView)) {
    const turn = [...text.slice(0, match.index).matchAll(turns)].at(-1);
    const marker = { start: start + match.index, end: start + match.index + match[0].length };
    framed.push({ kind: 'disowned', start: turn ? start + turn.index : start, end: marker.end, marker });
  }
  return framed;
}

/** How far into the words after a marker the reported or rejected view reaches; Infinity where to the end. */
function viewLength(marker: string, rest: string): number {
  const saying =
    saysSo.test(marker) ||
    /^\s*(?:to\s+)?(?:\w+\s+)?(?:say|think|believe|claim|argue|assume|conclude|suppose|that)\b/iu.test(rest);
  const turn = [...rest.matchAll(turns)][0]?.index ?? Infinity;
  const reason = reasons[saying ? 'saying' : 'deed'].exec(rest)?.index ?? Infinity;
  // "Contrary to what many think, …": the view ends with its clause.
  const clause = /^(?:contrary|as\s+opposed|unlike)/iu.test(marker) ? rest.indexOf(',') : -1;
  return Math.min(turn, reason, clause < 0 ? Infinity : clause);
}

/** Where the question in a sentence begins: a statement may stand before it, or all but a quotation. */
function questionFrom(text: string): number {
  if (/\?["”’')\].]+$/u.test(text) || /\([^)]*\?$/u.test(text)) {
    const quote = Math.max(text.slice(0, -2).lastIndexOf('"'), text.lastIndexOf('“'), text.lastIndexOf('('));
    if (quote > 0) return quote;
  }
  const opener = [...text.matchAll(asksSomething)].at(-1)?.index;
  if (opener !== undefined) return opener;
  return text.length > LONG_QUESTION ? Math.max(0, text.search(/[,;:—][^,;:—]*$/u)) : 0;
}

function whole(sentence: Stretch | undefined): Framed[] {
  return sentence ? [{ kind: 'disowned', start: sentence.start, end: sentence.end, marker: null }] : [];
}

function lengthOf(frames: readonly Framed[]): number {
  const from = Math.min(...frames.map(({ start }) => start));
  return frames.length === 0 ? 0 : Math.max(...frames.map(({ end }) => end)) - from;
}
