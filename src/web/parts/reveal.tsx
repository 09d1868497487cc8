import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AttemptView, RevealView } from '../../tutor/learner-view.ts';
import { renderInline, renderMarkdown } from '../markdown.ts';
import { strings } from '../strings.ts';
import { Icon } from './icon.tsx';
import { AnswerText } from './marked-answer.tsx';

/** The attempt the reveal is laid beside: what was written, and the words each part was found in. */
type Beside = Pick<AttemptView, 'answer' | 'verdicts' | 'option'>;

type Level = 3 | 4;

/**
 * Reference, criteria, wrong turns and options of one item, once they may be seen; beside the learner's own words where there
 * are any. `level` is that of its headings.
 */
export function Reveal(props: { reveal: RevealView; level: Level; beside?: Beside }): JSX.Element {
  const { reveal, level, beside } = props;
  const Heading = `h${level}` as const;
  return (
    <div class={beside ? 'reveal reveal-beside' : 'reveal'}>
      {reveal.options.length > 0 && (
        <section>
          <Heading>{strings.reveal.options}</Heading>
          <ol class="revealed-options">
            {reveal.options.map((option) => (
              <RevealedOption option={option} picked={beside?.option?.picked === option.number} />
            ))}
          </ol>
        </section>
      )}
      <section class="reference-pair">
        {beside && (
          <div class="own-answer">
            <Heading>{strings.reveal.yours}</Heading>
            <AnswerText answer={beside.answer} notes={[]} />
          </div>
        )}
        <div>
          <Heading>{strings.reveal.reference}</Heading>
          <div class="prose reference">{renderMarkdown(reveal.reference)}</div>
        </div>
      </section>
      <section>
        <Heading>{strings.reveal.criteria}</Heading>
        <ol class="criteria">
          {reveal.criteria.map((criterion) => (
            <RevealedCriterion criterion={criterion} beside={beside} />
          ))}
        </ol>
      </section>
      {reveal.misconceptions.length > 0 && (
        <section>
          <Heading>{strings.reveal.misconceptions}</Heading>
          <ul class="wrong-turns">
            {reveal.misconceptions.map((misconception) => (
              <RevealedMisconception misconception={misconception} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function RevealedOption({ option, picked }: { option: RevealView['options'][number]; picked: boolean }): JSX.Element {
  return (
    <li class={option.correct ? 'right' : 'wrong'}>
      <p>
        {renderInline(option.text)}{' '}
        <span class={`tag ${option.correct ? 'tag-met' : 'tag-not-it'}`}>
          <Icon name={option.correct ? 'met' : 'not-it'} />{' '}
          {option.correct ? strings.reveal.correct : strings.reveal.wrong}
        </span>
        {picked && <span class="tag tag-plain">{strings.reveal.yourChoice}</span>}
      </p>
      {option.whyWrong !== null && <p class="explained">{renderInline(option.whyWrong)}</p>}
    </li>
  );
}

function RevealedCriterion(props: {
  criterion: RevealView['criteria'][number];
  beside: Beside | undefined;
}): JSX.Element {
  const { ordinal, asks, expects, partial, points, verdict } = props.criterion;
  return (
    <li>
      <p class="criterion-asks">
        {renderInline(asks)} <span class="criterion-worth">{strings.item.worthOf(points)}</span>{' '}
        {verdict !== null && (
          <span class={`tag tag-${verdict}`}>
            <Icon name={verdict} /> {strings.verdict[verdict]}
          </span>
        )}
      </p>
      <div class="criterion-pair">
        {props.beside && verdict !== null && <OwnWords ordinal={ordinal} beside={props.beside} />}
        <div class="looks-for">
          {props.beside && <p class="label">{strings.reveal.looksFor}</p>}
          <p class="explained">{renderInline(expects)}</p>
          {partial !== null && (
            <p class="explained">
              <em>{strings.reveal.half}:</em> {renderInline(partial)}
            </p>
          )}
        </div>
      </div>
    </li>
  );
}

/** The learner's words that one part was found in. */
function OwnWords({ ordinal, beside }: { ordinal: number; beside: Beside }): JSX.Element {
  const verdict = beside.verdicts.find((entry) => entry.ordinal === ordinal);
  const quotes = verdict === undefined || verdict.verdict === 'missed' ? [] : verdict.evidence;
  return (
    <div class="own-words">
      <p class="label">{strings.reveal.youWrote}</p>
      {quotes.length === 0 ? <p class="aside">{strings.reveal.nothing}</p> : quotes.map(({ quote }) => <q>{quote}</q>)}
    </div>
  );
}

function RevealedMisconception({
  misconception,
}: {
  misconception: RevealView['misconceptions'][number];
}): JSX.Element {
  const { claim, tempts, refutes, held } = misconception;
  return (
    <li {...(held ? { class: 'held' } : {})}>
      <p class="claim">
        <Icon name="wrong-turn" /> {renderInline(claim)}{' '}
        {held && <span class="tag tag-wrong-turn">{strings.reveal.held}</span>}
      </p>
      <p class="explained">
        <em>{strings.reveal.tempts}:</em> {renderInline(tempts)}
      </p>
      <p class="explained">
        <em>{strings.reveal.refutes}:</em> {renderInline(refutes)}
      </p>
    </li>
  );
}
