import { html, type Html } from './html.ts';

/** The words of the page that a course does not use every day. The page is mailed without its manual. */
const entries: readonly [string, string][] = [
  ['judge, raters', 'The judge is the program that grades. Raters are whoever graded the same answers before it.'],
  [
    'criterion, verdict',
    'One thing a good answer does; and whether an answer does it: met, half-way, missing. Unsure leaves it to a person.',
  ],
  [
    'dev, test',
    'Two halves of the answers: dev is for improving rubrics, test is kept aside to see whether that helped.',
  ],
  [
    'agreement',
    'Of 100 verdicts, how many are the same. High by itself where nearly all answers deserve the same verdict.',
  ],
  [
    'kappa, AC1',
    'Agreement less what guessing with the same habits would reach: 1 perfect, 0 no better than luck. They differ in what they call luck.',
  ],
  ['quadratic kappa', 'Kappa on points; a near miss costs little, a wide one much.'],
  [
    'correlation',
    'Whether the better answers get more points from both, however strict the judge is. 1 perfect, 0 none.',
  ],
  [
    'bias in standard deviations',
    'How much too kind (above 0) or too strict, measured by how far the points of the answers lie apart.',
  ],
  [
    'precision, recall',
    'Of the mistakes it reports, how many are there; of those that are there, how many it reports.',
  ],
  [
    '95 % interval',
    'Where the figure may in truth lie, as far as so many answers can tell; in one case of twenty it lies elsewhere.',
  ],
  ['ceiling', 'How far people agree with one another. No judge can be asked for more.'],
];

export function glossary(): Html {
  return html`<h3>Words of this page</h3>
    <dl class="glossary">
      ${entries.map(
        ([word, meaning]) =>
          html`<div>
            <dt>${word}</dt>
            <dd>${meaning}</dd>
          </div>`,
      )}
    </dl>`;
}
