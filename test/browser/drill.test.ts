import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fourViews, launchBrowser, type View, visit } from './browser.ts';
import { startServer, type RunningServer } from './start-server.ts';

let browser: Browser;
let server: RunningServer;
beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

// What the demo course has to drill: one exemplar of each kind.
const wrong = 'There is just one matrix to learn here';
const right = 'You train both factors';
const MOST_TURNS = 40;

/** Starts turns until one shows the answer that begins so; the others are let pass. */
async function drawTurn(page: Page, opening: string): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    await page.goto('/courses/demo/spot');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('heading', { name: 'Is there a mistake in it?' }).waitFor();
    if (await page.getByText(opening).isVisible()) return;
    await page.getByRole('button', { name: 'No, it is right' }).click();
    await page.locator('#verdict').waitFor();
  }
  throw new Error(`No turn in ${MOST_TURNS} showed "${opening}".`);
}

describe.each(fourViews)('at $width px, $scheme, scripts $script', (view) => {
  test('a mistake is seen, pointed at, named and explained, and a right answer wrongly doubted', async () => {
    const { page, look, leave } = await visit(browser, { url: server.url, view });
    await page.goto('/courses/demo/spot');
    await page.getByText('then counts as seen').waitFor();
    await look('drill-start');

    await drawTurn(page, wrong);
    await look('drill-call');
    await page.getByRole('button', { name: 'Yes, there is a mistake' }).click();
    await page.getByRole('heading', { name: 'You see a mistake' }).waitFor();
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('Pick one of these before you check.').waitFor();
    await look('drill-unpicked');
    await page.getByText(wrong).click();
    expect(await page.getByRole('radio', { name: wrong }).isChecked()).toBe(true);
    await page.getByRole('radio', { name: 'Only one of the factors is trained' }).check();
    await page.getByRole('textbox').fill('A product is made of two things, and the optimiser moves both of them.');
    await look('drill-explain');
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('The right place').waitFor();
    await page.getByText('Named', { exact: true }).waitFor();
    expect(await page.locator('mark.mark-wrong-turn').textContent()).toBe('just one matrix to learn here');
    await page.getByText('both of them receive gradients').waitFor();
    await page.getByRole('heading', { name: 'Your reason' }).waitFor();
    await look('drill-hit');

    await drawTurn(page, right);
    await page.getByRole('button', { name: 'Yes, there is a mistake' }).click();
    await page.getByRole('radio', { name: 'None of these' }).check();
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByRole('heading', { name: 'It is right as it stands' }).waitFor();
    await page.getByText('Names both low-rank factors').waitFor();
    await look('drill-false-alarm');

    await page.getByRole('link', { name: 'Your record' }).click();
    await page.getByText('1 false alarm', { exact: true }).waitFor();
    const explained = page.getByRole('link', { name: 'See it explained' });
    await explained.waitFor();
    await look('drill-record');
    await explained.click();
    await page.getByText('both of them receive gradients').waitFor();
    await leave();
  });

  test('answers open only when asked for, and a search finds and marks', async () => {
    const { page, look, leave } = await visit(browser, { url: server.url, view });
    await page.goto('/courses/demo/answers');
    await look('answers-start');
    await page.getByRole('searchbox', { name: 'Search' }).fill('adapter trains');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('heading', { name: '1 question found' }).waitFor();
    expect(await page.locator('mark.found').first().textContent()).toBe('adapter');
    await look('answers-found');
    await page.getByRole('link', { name: 'Counting what an adapter trains', exact: true }).click();
    expect(await page.getByText('Gradients reach').count()).toBe(0);
    await look('answers-unseen');
    await page.getByRole('button', { name: 'Show the answer Counting what an adapter trains' }).click();
    await page.getByText('Gradients reach').waitFor();
    expect(await page.getByText('which makes').isVisible()).toBe(true);
    await look('answers-one');
    await page.getByRole('link', { name: 'All chapters' }).click();
    await page.getByText('2 questions, 1 seen').waitFor();
    await leave();
  });
});

test('a whole turn goes by the keyboard alone', async () => {
  const view: View = { width: 1280, scheme: 'light', script: 'on' };
  const { page, leave } = await visit(browser, { url: server.url, view });
  await drawTurn(page, wrong);
  await page.getByRole('button', { name: 'Yes, there is a mistake' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'You see a mistake' }).waitFor();
  const focused = (): Promise<string | null> =>
    page.evaluate(
      () => document.activeElement?.closest('label')?.textContent ?? document.activeElement?.textContent ?? null,
    );
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  expect(await focused()).toContain(wrong);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  expect(await focused()).toContain('Only one of the factors is trained');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Both factors move.');
  await page.keyboard.press('Control+Enter');
  await page.getByText('The right place').waitFor();
  await leave();
});

test('selecting words picks the phrase they are most of', async () => {
  const view: View = { width: 1280, scheme: 'light', script: 'on' };
  const { page, leave } = await visit(browser, { url: server.url, view });
  await drawTurn(page, wrong);
  await page.getByRole('button', { name: 'Yes, there is a mistake' }).click();
  await page.getByRole('heading', { name: 'You see a mistake' }).waitFor();
  // From the last letters of the first piece to the end of the second.
  await page.evaluate(() => {
    const [first, second] = [...document.querySelectorAll('.piece span')];
    const [begin, end] = [first?.firstChild, second?.firstChild];
    if (begin && end) document.getSelection()?.setBaseAndExtent(begin, (begin.textContent ?? '').length - 3, end, 20);
  });
  await expect.poll(() => page.locator('.piece input').nth(1).isChecked()).toBe(true);
  await leave();
});

test('a reason half written outlives a closed tab', async () => {
  const view: View = { width: 360, scheme: 'light', script: 'on' };
  const { page, leave } = await visit(browser, { url: server.url, view });
  await drawTurn(page, wrong);
  await page.getByRole('button', { name: 'Yes, there is a mistake' }).click();
  await page.getByRole('textbox').fill('Both are trained');
  const address = page.url();
  const again = await page.context().newPage();
  await page.close();
  await again.goto(address);
  expect(await again.getByRole('textbox').inputValue()).toBe('Both are trained');
  await leave();
});
