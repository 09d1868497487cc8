/* eslint-disable @typescript-eslint/unbound-method -- wink types its readers (its.lemma, its.pos) as methods; they are plain functions handed to out() */
import type { ItemSentence, ItemToken, WinkMethods } from 'wink-nlp';

/** One token as the language model cut it; `text` is verbatim. */
export type TaggedToken = { text: string; lemma: string; partOfSpeech: string; known: boolean };
/** Cuts a text without line breaks into sentences of tokens. */
export type LanguageModel = { read: (text: string) => TaggedToken[][]; lemmaOf: (word: string) => string };

/** Lemmas kept: the cues' own words are some 6,000, and learners' words come on top. */
const MOST_LEMMAS = 20_000;
/**
 * wink keeps every word it has never met, 140 bytes each (400,000 new words: 56 MB). After so many it is opened afresh, which drops
 * them and takes 60 ms: at most 28 MB ever, and one short pause in fifty answers of nothing but invented words.
 */
const MOST_NEW_WORDS = 200_000;

// The published types of `out` do not admit `its.lemma`, which it takes.
type Readable = { out(its: unknown): unknown };

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
  return createLanguageModel({ open: () => wink(english, ['sbd', 'pos']), mostNewWords: MOST_NEW_WORDS });
}

/**
 * A language model whose memory is bounded.
 * @param open opens wink-nlp with a vocabulary of its own; called again after every `mostNewWords` words it did not know.
 */
export function createLanguageModel(args: { open: () => WinkMethods; mostNewWords: number }): LanguageModel {
  let nlp = args.open();
  let empty = nlp.readDoc('');
  let newWords = 0;
  const lemmas = new Map<string, string>();

  function renew(): void {
    if (newWords < args.mostNewWords) return;
    newWords = 0;
    nlp = args.open();
    empty = nlp.readDoc('');
  }

  function tag(token: ItemToken): TaggedToken {
    const text = token.out();
    const known = !empty.isOOV(text.toLowerCase());
    if (!known) newWords += 1;
    return {
      text,
      lemma: out(token, nlp.its.lemma) ?? text.toLowerCase(),
      partOfSpeech: out(token, nlp.its.pos) ?? 'X',
      known,
    };
  }

  /**
   * wink knows the two halves of "cannot", "dont" and "ive", but not where a full stop or a comma touches them: there it
   * keeps the word whole and has no lemma for it. Read alone the word falls into its halves again.
   */
  function tagAll(token: ItemToken): TaggedToken[] {
    const whole = tag(token);
    if (out(token, nlp.its.lemma) !== undefined) return [whole];
    const halves: TaggedToken[] = [];
    nlp
      .readDoc(whole.text)
      .tokens()
      .each((half: ItemToken) => halves.push(tag(half)));
    return halves.map(({ text }) => text).join('') === whole.text ? halves : [whole];
  }

  return {
    read: (text) => {
      renew();
      const sentences: TaggedToken[][] = [];
      nlp
        .readDoc(text)
        .sentences()
        .each((sentence: ItemSentence) => {
          const tokens: TaggedToken[] = [];
          sentence.tokens().each((token: ItemToken) => tokens.push(...tagAll(token)));
          sentences.push(tokens);
        });
      return sentences;
    },
    lemmaOf: (word) => {
      const kept = lemmas.get(word);
      if (kept !== undefined) return kept;
      const tokens = nlp.readDoc(word).tokens();
      const found = tokens.length() > 0 ? tag(tokens.itemAt(0)).lemma : word.toLowerCase();
      if (lemmas.size >= MOST_LEMMAS) lemmas.clear();
      lemmas.set(word, found);
      return found;
    },
  };
}

function out(token: Readable, property: unknown): string | undefined {
  const value = token.out(property);
  return typeof value === 'string' ? value : undefined;
}
