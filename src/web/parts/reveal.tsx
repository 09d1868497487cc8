import type { JSX } from 'hono/jsx/jsx-runtime';
import type { RevealView } from '../../tutor/learner-view.ts';
import { renderInline, renderMarkdown } from '../markdown.ts';
import { strings } from '../strings.ts';
import { Icon } from './icon.tsx';

/** Reference, criteria, wrong turns and options of one item, once they may be seen. `level` is that of its headings. */
export function Reveal({ reveal, level }: { reveal: RevealView; level: 3 | 4 }): JSX.Element {
  const Heading = `h${level}` as const;
  return (
    <div class="reveal">
      {reveal.options.length > 0 && (
        <section>
          <Heading>{strings.reveal.options}</Heading>
          <ol class="revealed-options">
            {reveal.options.map((option) => (
              <RevealedOption option={option} />
            ))}
          </ol>
        </section>
      )}
      <section>
        <Heading>{strings.reveal.reference}</Heading>
        <div class="prose reference">{renderMarkdown(reveal.reference)}</div>
      </section>
      <section>
        <Heading>{strings.reveal.criteria}</Heading>
        <ol class="criteria">
          {reveal.criteria.map((criterion) => (
            <RevealedCriterion criterion={criterion} />
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

function RevealedOption({ option }: { option: RevealView['options'][number] }): JSX.Element {
  return (
    <li class={option.correct ? 'right' : 'wrong'}>
      <p>
        {renderInline(option.text)}{' '}
        <span class={`tag ${option.correct ? 'tag-met' : 'tag-plain'}`}>
          <Icon name={option.correct ? 'met' : 'missed'} />{' '}
          {option.correct ? strings.reveal.correct : strings.reveal.wrong}
        </span>
      </p>
      {option.whyWrong !== null && <p class="explained">{renderInline(option.whyWrong)}</p>}
    </li>
  );
}

function RevealedCriterion({ criterion }: { criterion: RevealView['criteria'][number] }): JSX.Element {
  const { asks, expects, partial, points, verdict } = criterion;
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
      <p class="explained">{renderInline(expects)}</p>
      {partial !== null && (
        <p class="explained">
          <em>{strings.reveal.half}:</em> {renderInline(partial)}
        </p>
      )}
    </li>
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
