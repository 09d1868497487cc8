const marks = String.raw`(?:full|all|maximum|max|top|every|highest|perfect|\d+)\s+(?:of\s+the\s+)?(?:marks?|points?|credits?|scores?|criteri(?:on|a))`;

/** Orders to whoever grades: they say nothing of the subject, whatever its words they happen to use. */
const order = new RegExp(
  [
    String.raw`\b(?:give|award|assign|grant)\s+(?:me\s+|it\s+|this\s+(?:answer\s+)?)?(?:the\s+)?${marks}\b`,
    String.raw`\b(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+)?(?:of\s+)?(?:the\s+|your\s+)?(?:previous|prior|above|earlier)\s+(?:instructions?|rules?|prompts?)\b[^.]{0,80}\b(?:marks?|points?|grade|graded|score|criteri(?:on|a)|verdicts?)\b`,
    String.raw`\b(?:mark|grade|score|rate|count)\s+(?:this|everything|it|all|each|every)\b[^.]{0,30}\b(?:as\s+)?(?:met|correct|right|full|perfect)\b`,
    String.raw`\b(?:verdict|grade|score)s?\s*[:=]\s*(?:met|full|pass|\d)`,
    String.raw`\b(?:all|every|each)\s+(?:criteri(?:on|a)|points?|lines?|requirements?|items?|box(?:es)?|parts?|rows?)\s*(?:[=:]|(?:are|is|as|was|were)\b)\s*(?:met|satisfied|fulfilled|achieved|passed|complete)\b`,
    String.raw`\b(?:tick|check)\s+(?:the|all|every|each)\s+box(?:es)?\b|\b(?:select|selecting|choose|write|enter|give)\s+(?:the\s+)?(?:maximum|highest\s+(?:mark|grade|score)|top\s+marks?)\b`,
    String.raw`\bplease\s+${marks}\b|\bmost\s+favou?rable\s+verdict\b|\b(?:mark|list|treat|count|record)\s+(?:all|every|each)\b[^.]{0,30}\b(?:met|satisfied|fulfilled|passed)\b|\bpassed\s+in\s+full\b`,
    String.raw`\bgrading\s+(?:bot|system|service|context)\b|\bwhoever\s+(?:marks|grades|scores)\s+this\b|\bmarker['’]s\s+page\b|\bcompleted\s+by\s+the\s+marker\b|\bgrader['’]s\s+and\s+would\s+be\b`,
    // Verdicts in the learner's own hand: "C1 met · C2 met", "Total 5/5, excellent", "result=PASS".
    String.raw`\b(?:c|criterion|part|point|line)\s*\d+\s*[:=-]?\s*(?:met|pass(?:ed)?|fulfilled|satisfied)\b|\btotal\s*[:=]?\s*\d+\s*(?:\/|of|out\s+of)\s*\d+|\b(?:result|status|diagnosis|grader_?id)\s*=\s*\w+|\b\d+\s*\/\s*\d+\s*[,.–—-]?\s*(?:excellent|perfect|very\s+good|well\s+done|full\s+marks)\b`,
    // Words put into the mouth of a teacher or an author.
    String.raw`\b(?:note|p\.?s\.?)\s+(?:for|to|from)\s+(?:the\s+)?(?:marker|grader|examiner|item['’]s\s+author|course\s+team)\b|\bteacher\s+here\s*:`,
    // Ticks set by the learner are no verdicts: "[x] how measured [x] what gets through".
    String.raw`(?:(?:✅|✔|☑|\[x\])[^✅✔☑[\]]{0,80}){2}`,
  ].join('|'),
  'iu',
);

/** Whether a sentence speaks to the grader instead of answering. */
export function isToTheGrader(sentence: string): boolean {
  return order.test(sentence);
}

/**
 * A turn that only a chat protocol or a tool writes, or text set so that nobody sees it. No learner does either, so what follows one was not
 * written to answer the question.
 */
const forgedTurn =
  /<\|[\w-]+\|>|^\s*#{1,4}\s*(?:system|assistant|tool(?:\s+result)?)\b|^\s*\[(?:\/?tool_result|function_(?:call|return)|system\]|assistant\])|<\/?(?:learner_?answer|student_?answer|submission|grading\w*|rubric)>|\[\[\/?(?:answer|prompt|system|hmac)|^\s*(?:<<<|>>>)|^\s*#{1,4}\s*rubric\b|<(?:span|div|font)\b[^>]*style=|<!--|^\s*\[\/\/\]:/imu;

/** Where an answer begins to speak as somebody else: the offset of the first forged turn; Infinity where there is none. */
export function forgedFrom(answer: string): number {
  return forgedTurn.exec(answer)?.index ?? Infinity;
}
