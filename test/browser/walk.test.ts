import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fourViews, launchBrowser, visit } from './browser.ts';
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

const wrong =
  'Only one matrix of 16 by 4096 is trained, which gives 65,536 parameters.\n\nThat is enough as the change is of low rank.';
const better =
  'The adapter trains two matrices, A and B, with 131,072 parameters in all.\nThe base model already knows most of what the task needs.';

/** Whether the first screen shows it, without scrolling. */
function isInView(element: Locator): Promise<boolean> {
  return element.evaluate((node) => {
    const { top, bottom } = node.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight;
  });
}

describe.each(fourViews)('at $width px, $scheme, scripts $script', (view) => {
  test('a learner walks from the course to a grade, a better try, the reveal, the answers and the drill', async () => {
    const { page, look, leave } = await visit(browser, { url: server.url, view });
    await page.goto('/');
    await expect.poll(() => page.title()).toContain('Adapters and drift');
    await look('course');

    await page.getByRole('link', { name: 'Counting what an adapter trains' }).click();
    await look('item');

    await page.getByRole('textbox').fill(wrong);
    if (view.script === 'on') {
      expect(await page.locator('[data-word-count]').textContent()).toBe('23 words');
      await page.keyboard.press('Control+Enter');
    } else {
      await page.getByRole('button', { name: 'Hand in' }).click();
    }
    await page.getByText('2 of 7').first().waitFor();
    expect(await isInView(page.locator('.points-number'))).toBe(true);
    expect(await page.locator('mark.mark-wrong-turn').textContent()).toContain('Only one matrix');
    const nudge = 'Look once more at how many matrices the formula adds.';
    await page.locator('.margin').getByText(nudge).waitFor();
    await look('attempt-wrong-turn');

    await page.getByRole('textbox').fill(better);
    await page.getByRole('button', { name: 'Hand in again' }).click();
    await page.getByText('5 of 7').first().waitFor();
    await page
      .getByText('Does fine-tuning have to move the weights in every direction?', { exact: false })
      .waitFor({ state: 'detached' });
    await look('attempt-better');

    await page.getByRole('button', { name: 'Show me the answer' }).click();
    await page.getByRole('heading', { name: 'A model answer' }).waitFor();
    await look('attempt-revealed');

    await page.getByRole('link', { name: 'Answers & rationales' }).click();
    await page.getByText('Try a question before you read its answer').waitFor();
    await look('answers');
    await page.getByRole('link', { name: 'Small updates' }).click();
    await page.getByText('1 question will then count as seen.').waitFor();
    await page.getByRole('button', { name: 'Show all 2 answers' }).click();
    await page.getByText('Fold all answers').waitFor();
    await look('answers-chapter');
    await page.getByRole('link', { name: 'To this question A policy that wanders off' }).click();
    await page.getByText('You have seen the answer to this question').waitFor();
    await look('item-choice');

    await page.getByRole('radio', { name: 'Raise the coefficient' }).check();
    await page.getByRole('textbox').fill('It limits the distance from the reference.');
    await page.getByRole('button', { name: 'Hand in' }).click();
    await page.getByText('3 of 3').first().waitFor();
    await look('attempt-choice');

    await page.getByRole('link', { name: 'Spot the mistake' }).click();
    await look('spot');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('heading', { name: 'Somebody answered' }).waitFor();
    await look('trial');
    await page.getByRole('button', { name: 'No, it is right' }).click();
    await expect.poll(() => isInView(page.locator('#verdict'))).toBe(true);
    await look('trial-answered');
    await page.getByRole('button', { name: 'Next one' }).click();
    await page.getByRole('heading', { name: 'Somebody answered' }).waitFor();

    await page.getByRole('link', { name: 'Questions' }).click();
    await page.getByText('Answer revealed, best 5 of 7').waitFor();
    await look('course-under-way');
    await leave();
  });

  test('what cannot be taken comes back with its reason and the text', async () => {
    const { page, look, leave } = await visit(browser, { url: server.url, view });
    await page.goto('/items/lora-count');
    await page.getByRole('textbox').fill('long '.repeat(1_700));
    await page.getByRole('button', { name: 'Hand in' }).click();
    await page.getByText('8500 characters; the most is 8000').waitFor();
    expect(await page.getByRole('textbox').inputValue()).toHaveLength(8_500);
    await page.getByRole('textbox').fill('A square projection has d = 4096.');
    await page.getByRole('button', { name: 'Hand in' }).click();
    await page.getByRole('heading', { name: 'Sent back' }).or(page.getByText('0 of 7')).first().waitFor();
    await look('attempt-nothing');
    await leave();
  });
});

test('a page that is not there says so in the same style', async () => {
  for (const view of fourViews) {
    const { page, look } = await visit(browser, { url: server.url, view });
    await page.goto('/nowhere');
    await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
    await look('not-found');
    await page.context().close();
  }
});

test('a draft outlives a closed tab, and is gone once handed in', async () => {
  const { page, leave } = await visit(browser, {
    url: server.url,
    view: { width: 1280, scheme: 'light', script: 'on' },
  });
  await page.goto('/items/lora-count');
  await page.getByRole('textbox').fill('Half a thought about A and B');
  await page.goto('/courses/demo');
  await page.goto('/items/lora-count');
  expect(await page.getByRole('textbox').inputValue()).toBe('Half a thought about A and B');
  await page.getByText('A draft you had not handed in was put back.').waitFor();
  await page.getByRole('button', { name: 'Hand in' }).click();
  await page.getByText('of 7').first().waitFor();
  await page.goto('/items/lora-count');
  expect(await page.locator('[data-draft-notice]').isHidden()).toBe(true);
  await leave();
});

test('a second click while the first is under way hands in once', async () => {
  const { page, leave } = await visit(browser, {
    url: server.url,
    view: { width: 1280, scheme: 'light', script: 'on' },
  });
  await page.goto('/items/lora-count');
  await page.getByRole('textbox').fill('A and B are both trained.');
  await page.getByRole('button', { name: 'Hand in' }).dblclick();
  await page.getByText('of 7').first().waitFor();
  await page.goto('/items/lora-count');
  expect(await page.locator('.attempts li').count()).toBe(1);
  await leave();
});
