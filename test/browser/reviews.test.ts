import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/web/app.tsx';
import { createInstructorAccess } from '../../src/web/instructor-access.ts';
import { listen } from '../fixtures/listen.ts';
import { answerText, doubtful, harsh, openReviewTutor, type ReviewTutor } from '../fixtures/review-tutor.ts';
import { launchBrowser, visit, type View } from './browser.ts';

const token = 'a-token-of-this-test';
let browser: Browser;
let world: ReviewTutor;
let url = '';
let close: () => void = () => undefined;
beforeAll(async () => {
  [browser, world] = await Promise.all([launchBrowser(), openReviewTutor()]);
  const instructor = createInstructorAccess({ token, runsDir: '/nowhere', contentRoot: world.root });
  const app = createApp({ deps: world.tutor.deps, limits: {}, instructor });
  ({ url, close } = await listen(app));
});
afterAll(async () => {
  await browser.close();
  close();
  await world.close();
});

const views: View[] = [
  { width: 1280, scheme: 'light', script: 'on' },
  { width: 360, scheme: 'dark', script: 'on' },
  { width: 360, scheme: 'light', script: 'off' },
];

describe.each(views)('at $width px, $scheme, scripts $script', (view) => {
  test('what a learner contests is listed, settled and seen by the learner', async () => {
    await world.handIn({ judgment: doubtful });
    world.judgeNext(harsh);
    const learner = await visit(browser, { url, view });
    await learner.page.goto('/items/lora-count');
    await learner.page.getByRole('textbox').fill(answerText);
    await learner.page.getByRole('button', { name: 'Hand in' }).click();
    await learner.page.locator('[data-status="graded"]').waitFor({ timeout: 10_000 });
    await learner.page.getByText('Is a mark wrong?').click();
    await learner.page.getByRole('radio', { name: /^3 / }).check();
    await learner.page.getByLabel('Why is it wrong?').fill('The last words say that the change is small.');
    await learner.page.getByRole('button', { name: 'Ask a person to look' }).click();
    await learner.page.getByText('Waiting for a person').waitFor();

    const { page, look, leave } = await visit(browser, { url, view });
    await page.goto('/instructor/reviews');
    await page.getByLabel('Instructor token').fill(token);
    await page.getByRole('button', { name: 'Come in' }).click();
    await page.getByText('2 wait: 1 abstention and 1 appeal.').waitFor();
    await look('reviews-list');
    await page.getByRole('listitem').filter({ hasText: 'Appeal' }).getByRole('link').click();
    await page.getByText('The learner contests this mark.').waitFor();
    await page.getByText('Add this answer to the eval set as well').click();
    await page.getByRole('radio', { name: 'Half-way' }).first().check();
    await page.getByLabel('A note to the learner').fill('You name the change.');
    await page.getByLabel('Your name').fill('Ada');
    await page.getByRole('checkbox', { name: 'Add it' }).check();
    await page.getByRole('button', { name: 'Settle it' }).click();
    await page.getByText('decide everything in it yourself').waitFor();
    await look('review');
    await page.getByRole('checkbox', { name: 'Add it' }).uncheck();
    await page.getByRole('button', { name: 'Settle it' }).click();
    await page.getByText('Settled.').waitFor();
    await page.getByText('1 waits: 1 abstention.').waitFor();
    await page.getByRole('listitem').getByRole('link').click();
    expect(await page.getByLabel('Your name').inputValue()).toBe('Ada');
    await page.getByRole('radio', { name: 'Missing' }).first().check();
    await page.getByRole('button', { name: 'Settle it' }).click();
    await page.getByText('Nothing waits.').waitFor();
    await leave();

    await learner.page.reload();
    await learner.page.getByText('A person has looked: the mark was changed').waitFor();
    await learner.page.getByText('You name the change.').first().waitFor();
    await learner.leave();
  });
});
