import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerText, scriptJudge, whyText } from '../web/scripted-judge.ts';
import { launchBrowser, visit, type View, fourViews } from './browser.ts';
import { serveTutor, type ServedTutor } from './serve-tutor.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const { judge } = scriptJudge();
let browser: Browser;
let served: ServedTutor;
let later = 0;
beforeAll(async () => {
  [browser, served] = await Promise.all([launchBrowser(), serveTutor(judge)]);
  served.tutor.deps.now = () => new Date(Date.now() + later);
});
afterAll(async () => {
  await browser.close();
  await served.stop();
});

const desktop: View = { width: 1280, scheme: 'light', script: 'on' };
const button = (page: Page, name: string | RegExp): ReturnType<Page['locator']> => page.getByRole('button', { name });

/** Answers the question on the screen, whichever it is, and waits for its marks. */
async function answer(page: Page): Promise<void> {
  const option = page.getByText('Raise the KL penalty');
  const choice = await option.isVisible();
  if (choice) await option.click();
  await page.locator('#answer').fill(choice ? whyText : answerText);
  await button(page, /^Hand in/).click();
  await page.locator('.attempt[data-status=graded]').waitFor();
}

/** Whoever has missed a part of a question, two days ago. */
async function missed(page: Page): Promise<void> {
  await page.goto('/items/lora-count');
  await answer(page);
  later += 2 * DAY_MS;
}

describe.each(fourViews)('at $width px, $scheme, scripts $script', (view) => {
  test('a session goes from question to question to its end, and what was missed comes back when it is due', async () => {
    const { page, look, leave } = await visit(browser, { url: served.url, view });
    await page.goto('/courses/demo/practise');
    await page.getByText('Nothing is due.').waitFor();
    await look('practise-first');
    await button(page, 'Start: A mix').click();
    await page.getByRole('link', { name: 'Question 1 of 2' }).waitFor();
    await answer(page);
    await look('session-answered');
    await button(page, /^Next question/).click();
    await page.getByRole('link', { name: 'Question 2 of 2' }).waitFor();
    await page.getByRole('link', { name: 'Practise', exact: true }).and(page.locator('[aria-current]')).waitFor();
    await page.getByRole('link', { name: 'Question 2 of 2' }).click();
    await look('session-under-way');
    await page.getByRole('link', { name: 'Go on with question 2 of 2' }).click();
    await answer(page);
    await button(page, 'Finish the session').click();
    await page.getByText('You answered all 2 questions.').waitFor();
    await look('session-over');

    later += 2 * DAY_MS;
    await page.getByRole('link', { name: 'Choose what to practise next' }).click();
    await button(page, 'Start: Due today').click();
    await page.getByText('Last time, before any hint, you missed this.').waitFor();
    expect(await page.locator('#answer').inputValue()).toBe('');
    await look('item-due');
    await button(page, 'End the session here').click();
    await page.getByText('You answered 0 of 1 question.').waitFor();
    await leave();
  });

  test('progress maps what was shown and when it comes back, and lists every attempt', async () => {
    const { page, look, leave } = await visit(browser, { url: served.url, view });
    await page.goto('/courses/demo/progress');
    await page.getByText('Nothing has been handed in yet.').first().waitFor();
    await look('progress-first');
    await missed(page);
    await page.goto('/courses/demo/progress');
    await page.getByText('1 question is due now.').waitFor();
    await page.getByText('Missed:').waitFor();
    await look('progress');
    await page.getByRole('link', { name: 'All attempts' }).click();
    await page.getByText('1 attempt, newest first.').waitFor();
    await look('history');
    await page.getByRole('link', { name: 'Counting adapter parameters' }).click();
    await page.locator('.attempt[data-status=graded]').waitFor();
    await leave();
  });

  test('what is kept is named, taken away, carried to another device and deleted', async () => {
    const { page, look, leave } = await visit(browser, { url: served.url, view });
    const other = await visit(browser, { url: served.url, view });
    await page.goto('/yours');
    await page.getByText('Nothing is kept of you yet').waitFor();
    await page.goto('/items/lora-count');
    await answer(page);
    await page.getByRole('link', { name: 'Your data' }).click();
    await page.getByRole('textbox', { name: 'A name to be greeted by' }).fill('Mira');
    await button(page, 'Save the name').click();
    await page.getByRole('heading', { name: 'Mira', level: 1 }).waitFor();
    await look('yours');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Everything, as JSON' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('viva.json');
    expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toMatchObject({ learner: { name: 'Mira' } });

    await page.getByRole('link', { name: /^All 2 questions/ }).click();
    await look('flashcards-asked');
    const [deck] = await Promise.all([
      page.waitForEvent('download'),
      button(page, 'Download all 2 and count them as seen').click(),
    ]);
    expect(deck.suggestedFilename()).toBe('viva-anki.txt');
    await page.getByText('All 2 questions count as seen.').waitFor();
    await look('flashcards-seen');
    await page.goto('/yours');
    await page.getByText('All 2 questions count as seen').waitFor();

    await button(page, 'Make a code').click();
    const code = (await page.locator('.code-shown .code').textContent()) ?? '';
    await look('yours-code');
    await other.page.goto('/carry');
    await other.page.getByRole('textbox').fill('ABCD EFGH');
    await button(other.page, 'Bring it here').click();
    await other.page.getByText('That is not a code that works now.').waitFor();
    expect(await other.page.getByRole('textbox').inputValue()).toBe('ABCD EFGH');
    await other.look('carry-wrong');
    await other.page.getByRole('textbox').fill(code);
    await button(other.page, 'Bring it here').click();
    await other.page.getByText('This device now shares your answers.').waitFor();
    await other.page.getByRole('heading', { name: 'Mira', level: 1 }).waitFor();

    await page.getByRole('link', { name: /^Delete all my data/ }).click();
    await look('yours-delete');
    await button(page, 'Yes, delete everything').click();
    await page.getByText('Everything is deleted.').waitFor();
    await other.page.goto('/yours');
    await other.page.getByText('Nothing is kept of you yet').waitFor();
    await other.leave();
    await leave();
  });
});

test.each([360, 1280] as const)('at %i px a session is left with everything kept, sent back first', async (width) => {
  const view = { ...desktop, width };
  const { page, look, leave } = await visit(browser, { url: served.url, view });
  await page.goto('/courses/demo');
  await look('course');
  // Anywhere on a card is on its link.
  await page
    .locator('.item-card')
    .first()
    .click({ position: { x: 4, y: 4 } });
  await page.waitForURL(/\/items\//);
  await page.goto('/courses/demo/practise');
  await button(page, 'Start: Adapters').first().click();
  await page.getByText('Question 1 of 2').waitFor();
  await look('session-question');
  await page.locator('#answer').fill(' ');
  await button(page, /^Hand in/).click();
  await page.locator('.attempt[data-status=returned]').waitFor();
  expect(await button(page, /^Next question/).count()).toBe(0);
  await look('session-sent-back');
  await page.getByRole('link', { name: 'Stop here' }).click();
  await page.getByText('You answered 0 of 2 questions.').waitFor();
  await page.getByRole('link', { name: 'Go on with question 1 of 2' }).waitFor();
  await look('session-stopped');
  await page.goto('/courses/demo/progress');
  await look('progress-sent-back');
  await page.goto('/courses/demo/answers?q=nowhere&concept=adapters');
  await page.getByText('Searched only in questions on').waitFor();
  await look('answers-nothing');
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)).toBe('auto');
  await leave();
});

test('with the keyboard alone: a session is chosen and begun, a name given, everything deleted', async () => {
  const { page, leave } = await visit(browser, { url: served.url, view: desktop });
  const tabTo = async (what: ReturnType<Page['locator']>): Promise<void> => {
    for (let presses = 0; presses < 60; presses += 1) {
      if (await what.evaluate((node) => node === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`The Tab key never reaches ${String(what)}.`);
  };
  const press = async (what: ReturnType<Page['locator']>): Promise<void> => {
    await tabTo(what);
    await page.keyboard.press('Enter');
  };
  await page.goto('/courses/demo');
  await press(page.getByRole('link', { name: 'Practise' }));
  await page.getByRole('heading', { name: 'Practise', level: 1 }).waitFor();
  await tabTo(page.locator('#most'));
  await page.keyboard.press('ArrowUp');
  await press(button(page, 'Start: Adapters').first());
  await page.getByText('Question 1 of 2').waitFor();
  await press(page.getByRole('link', { name: 'Your data' }));
  await page.getByRole('heading', { name: 'Your data', level: 1 }).waitFor();
  await tabTo(page.locator('#name'));
  await page.keyboard.type('Mira');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Mira', level: 1 }).waitFor();
  await press(page.getByRole('link', { name: /^Delete all my data/ }));
  await press(button(page, 'Yes, delete everything'));
  await page.getByText('Everything is deleted.').waitFor();
  await leave();
});

test('on paper progress is what was shown, with nothing to press and nothing cut off', async () => {
  const { page, look, leave } = await visit(browser, { url: served.url, view: desktop });
  await missed(page);
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  await page.setViewportSize({ width: 720, height: 1_000 });
  await page.goto('/courses/demo/progress');
  await look('progress-on-paper');
  expect(await page.locator('nav:visible, button:visible').count()).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(720);
  await page.goto('/courses/demo/answers/1');
  await page.emulateMedia({ media: 'screen' });
  await button(page, /^Show the answer/)
    .first()
    .click();
  await page.emulateMedia({ media: 'print' });
  await look('answers-on-paper');
  expect(await page.locator('nav:visible, button:visible').count()).toBe(0);
  await leave();
});
