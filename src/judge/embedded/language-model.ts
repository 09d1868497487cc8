import type { ItemSentence, ItemToken } from 'wink-nlp';
import { z } from 'zod';

/** One token as the language model cut it; `text` is verbatim. */
export type TaggedToken = { text: string; lemma: string; partOfSpeech: string; known: boolean };
/** Cuts a text without line breaks into sentences of tokens. */
export type LanguageModel = { read: (text: string) => TaggedToken[][]; lemmaOf: (word: string) => string };

// The published types of `out` do not admit `its.lemma`, which it takes.
type Readable = { out(its: unknown): unknown };
const Text = z.string();

let loading: Promise<LanguageModel> | undefined;

/** Loads wink-nlp and its English model once, on first use: about 130 ms and 45 MB, so a process that never grades pays nothing. */
export function loadLanguageModel(): Promise<LanguageModel> {
  loading ??= load();
  return loading;
}

async function load(): Promise<LanguageModel> {
  const [{ default: wink }, { default: english }] = await Promise.all([
    import('wink-nlp'),
    import('wink-eng-lite-web-model'),
  ]);
  const nlp = wink(english, ['sbd', 'pos']);
  const its: Record<'lemma' | 'pos', unknown> = nlp.its;
  const lemmas = new Map<string, string>();
  const empty = nlp.readDoc('');
  return {
    read: (text) => {
      const sentences: TaggedToken[][] = [];
      nlp
        .readDoc(text)
        .sentences()
        .each((sentence: ItemSentence) => {
          const tokens: TaggedToken[] = [];
          sentence.tokens().each((token: ItemToken) => {
            const value = token.out();
            tokens.push({
              text: value,
              lemma: out(token, its.lemma),
              partOfSpeech: out(token, its.pos),
              known: !empty.isOOV(value.toLowerCase()),
            });
          });
          sentences.push(tokens);
        });
      return sentences;
    },
    lemmaOf: (word) => {
      const kept = lemmas.get(word);
      if (kept !== undefined) return kept;
      const found = out(nlp.readDoc(word).tokens().itemAt(0), its.lemma);
      lemmas.set(word, found);
      return found;
    },
  };
}

function out(token: Readable, property: unknown): string {
  return Text.parse(token.out(property));
}
