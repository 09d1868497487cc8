const marks = String.raw`(?:full|all|maximum|max|top|every|highest|perfect|\d+)\s+(?:of\s+the\s+)?(?:marks?|points?|credits?|scores?|criteri(?:on|a))`;

/** Orders to whoever grades: they say nothing of the subject, whatever its words they happen to use. */
const order = new RegExp(
  [
    String.raw`\b(?:give|award|assign|grant)\s+(?:me\s+|it\s+|this\s+(?:answer\s+)?)?(?:the\s+)?${marks}\b`,
    String.raw`\b(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+)?(?:of\s+)?(?:the\s+|your\s+)?(?:previous|prior|above|earlier)\s+(?:instructions?|rules?|prompts?)\b[^.]{0,80}\b(?:marks?|points?|grade|graded|score|criteri(?:on|a)|verdicts?)\b`,
    String.raw`\b(?:mark|grade|score|rate|count)\s+(?:this|everything|it|all|each|every)\b[^.]{0,30}\b(?:as\s+)?(?:met|correct|right|full|perfect)\b`,
    String.raw`\b(?:verdict|grade|score)s?\s*[:=]\s*(?:met|full|pass|\d)`,
  ].join('|'),
  'iu',
);

/** Whether a sentence speaks to the grader instead of answering. */
export function isToTheGrader(sentence: string): boolean {
  return order.test(sentence);
}
