/** A stretch of an answer that reports a view in order to reject it, or asks instead of stating. */
export type Framed = { start: number; end: number };

// The view comes after these …
const opensView = new RegExp(
  [
    String.raw`\b(?:common|usual|typical|classic|frequent|popular|easy|big|main)\s+(?:\w+\s+)?(?:mistakes?|errors?|misconceptions?|misunderstandings?|traps?|wrong\s+answers?|fallac(?:y|ies)|pitfalls?)\b`,
    String.raw`\b(?:the|a|one)\s+(?:wrong|naive|tempting|mistaken|lazy)\s+(?:answer|idea|view|move|reply|reading|thought|conclusion|approach)\b`,
    String.raw`\b(?:some|many|most|a\s+lot\s+of|other)\s+(?:people|folks|students|teams|engineers|colleagues|learners|of\s+us|would|might|may|will)?\s*(?:would\s+|might\s+|may\s+|will\s+|often\s+)?(?:say|think|believe|claim|argue|assume|answer|suggest|conclude|suppose)\b`,
    String.raw`\b(?:one|you|someone|somebody|people|a\s+colleague|a\s+teammate|the\s+teammate|they)\s+(?:might|may|could|would|often)\s+(?:be\s+tempted|say|think|believe|claim|argue|assume|expect|suppose|conclude|answer)\b`,
    String.raw`\b(?:people|they|skeptics|some)\s+(?:often\s+)?(?:say|think|believe|claim|argue|assume)\b`,
    String.raw`\btempt(?:ing|ed)\s+to\b`,
    String.raw`\b(?:my|our|your|the|a)\s+(?:team\s?mate|colleague|boss|manager|lead|friend|professor)s?\s+(?:said|says?|thinks?|believes?|claims?|argues?|insists?|suggest(?:s|ed)?)\b`,
    String.raw`\byou(?:['’]ll|\s+will|\s+may|\s+might|\s+often)?\s+hear\b`,
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
const nextRejects =
  /^\W*(?:(?:but\s+|yet\s+|however,?\s+|no,?\s+)?(?:that|this|it|which|such|they|these|both)\b[^.,;]{0,40}\b(?:wrong|false|incorrect|mistaken|untrue|not\s+(?:true|right|correct|so|the\s+case)|a\s+(?:mistake|misconception|myth|trap)|misguided|backwards|misses)\b|(?:wrong|false|nonsense|not\s+so|no)\s*[.,:;!—–-]|i\s+(?:would\s+)?disagree\b|(?:isn|aren)['’]t\s+(?:true|right|so))/iu;

/** The ranges (offsets in the answer) of one sentence whose content its writer rejects or only asks about. */
export function framedRanges(args: { sentence: { start: number; end: number; text: string }; next: string }): Framed[] {
  const { start, end, text } = args.sentence;
  if (/\?\W*$/u.test(text) || nextRejects.test(args.next)) return [{ start, end }];
  const framed: Framed[] = [];
  for (const match of text.matchAll(opensView)) {
    const from = match.index + match[0].length;
    const turn = [...text.slice(from).matchAll(turns)][0];
    framed.push({ start: start + match.index, end: turn ? start + from + turn.index : end });
  }
  for (const match of text.matchAll(closesView)) {
    const turn = [...text.slice(0, match.index).matchAll(turns)].at(-1);
    framed.push({ start: turn ? start + turn.index : start, end: start + match.index + match[0].length });
  }
  return framed;
}
