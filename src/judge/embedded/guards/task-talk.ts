import { contentWords } from '../../../core/text.ts';
import type { JudgeTask } from '../../judge.ts';
import { promptText } from '../../screen.ts';
import type { Sentence } from '../read-answer.ts';

/** A shorter answer restates nothing at length; it opens with the question, at most. */
const SHORTEST_RESTATEMENT_WORDS = 60;
/**
 * An answer that retells the question speaks of the task in more than a quarter of its sentences, takes a quarter of its content words from it,
 * in prose fuller than most, and uses few of the words an answer would (`fit`, of its telling words). 15 of dev's 16 echoes are like that, and 2
 * of 640 answers that earn something (2026-11).
 */
const LEAST = { taskSentences: 0.28, promptShare: 0.25, functionShare: 0.4 } as const;
const MOST_FIT = 0.65;
/** With so many sentences about the task the words do not matter: no answer of dev that earns something comes near. */
const NOTHING_ELSE = 0.6;

const telling =
  '(?:answer|explain|say|tell|give|proceed|take up|turn to|look at|begin|start|address|discuss|set out|point (?:to|out)|state|name|describe|sketch|lay out|come (?:up|back)|' +
  'record|supply|write|show|deal|cover|go through|consider|decide|identify|substantiate|determine|mention|work out|argue|compare|propose|judge|list)';
const asked =
  '(?:said|told|named|explained|shown|stated|identified|given|laid|determined|asked|answered|settled|set out|described|recorded|decided|found|addressed|mentioned|argued|worked out|made (?:plain|clear))';

// What people write about a task instead of doing it.
const taskTalk = new RegExp(
  [
    // "I am asked to", "we're to"
    String.raw`\b(?:i(?:['’]m| am| was| have been|['’]ve been)|we(?:['’]re| are)|one is|you(?:['’]re| are)) (?:\w+ )?(?:asked|meant|supposed|expected|required|requested|invited|told|to)\b`,
    // "it falls to me", "it has to be said"
    String.raw`\bfalls? to me\b|\b(?:has|have|needs?|is|are|remains?|must|ought|should|wants?) (?:also )?(?:to )?be (?:\w+ )?${asked}\b`,
    String.raw`\b(?:the|this|that|our|each|last|first|next|second|third) (?:\w+ )?(?:question|task|assignment|exercise|prompt|request)s?\b`,
    // "I'll explain", "I must point to"
    String.raw`\bi(?:['’]ll| will|['’]m going to| am going to| shall| want to| intend to| owe| have to| must|['’]d like to| mean to|['’]m to| am to| need to|['’]m meant to) (?:\w+ ){0,2}?${telling}\b`,
    String.raw`\b(?:in what follows|in the following|in due course|one after (?:another|the other)|in turn|to end with|last of all|below|what comes now|my answer)\b`,
    // "say whether", "decide which": a question inside a sentence
    String.raw`\b(?:say|tell|explain|asks?|asked|decide|determine|know|state|name|show|identify|judge|record|point to|consider|describe|wonder|learn|hear) (?:\w+ ){0,2}?(?:whether|which|what|how|why|who|where|when|in what|in which|if)\b`,
    String.raw`\b(?:wanted|called for|requested|required|at issue)\b`,
    String.raw`\?\W*$`,
  ].join('|'),
  'iu',
);

const functionWords = new Set(
  (
    'the a an is are be to of in at that it this which so because and or not w with for from by on as then if when i you we they its there ' +
    'was were has have can would will but do does'
  ).split(' '),
);

/**
 * Whether an answer talks about the task, in the question's words, instead of answering it.
 * @param fit the share (0 to 1) of the answer's telling words that are written about the question.
 */
export function isTaskTalk(args: { task: JudgeTask; sentences: readonly Sentence[]; fit: number }): boolean {
  const { task, sentences } = args;
  const words = sentences.flatMap((sentence) => sentence.words);
  if (words.length < SHORTEST_RESTATEMENT_WORDS) return false;
  const talking = sentences.filter(({ text }) => taskTalk.test(text.replace(/\s+/gu, ' '))).length;
  const leastTalking = args.fit < MOST_FIT ? LEAST.taskSentences : NOTHING_ELSE;
  if (talking < leastTalking * sentences.length) return false;
  const prompt = new Set(contentWords(promptText(task.item)));
  const content = contentWords(task.answer);
  const fromPrompt = content.filter((word) => prompt.has(word)).length;
  const functions = words.filter(({ lower }) => functionWords.has(lower)).length;
  return fromPrompt > LEAST.promptShare * content.length && functions > LEAST.functionShare * words.length;
}
