import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerText, scriptJudge } from '../web/scripted-judge.ts';
import { launchBrowser, visit, type View } from './browser.ts';
import { serveTutor, type ServedTutor } from './serve-tutor.ts';

// The judge waits for the test here, so that the page is seen waiting first.
const { judge, script } = scriptJudge();
let browser: Browser;
let served: ServedTutor;
let url = '';
beforeAll(async () => {
  [browser, served] = await Promise.all([launchBrowser(), serveTutor(judge)]);
  ({ url } = served);
});
afterAll(async () => {
  await browser.close();
  await served.stop();
});

function closeGate(): () => void {
  let open = (): void => undefined;
  script.gate = new Promise((resolve) => {
    open = resolve;
  });
  return () => open();
}

test.each<View>([
  { width: 1280, scheme: 'light', script: 'on' },
  { width: 360, scheme: 'dark', script: 'on' },
])('at $width px the grade arrives on the waiting page by itself, and is announced', async (view) => {
  const open = closeGate();
  const { page, look, leave } = await visit(browser, { url, view });
  await page.goto('/items/lora-count');
  await page.getByRole('textbox').fill(answerText);
  await page.getByRole('button', { name: 'Hand in' }).click();
  await page.getByText('The marks appear here by themselves').waitFor();
  await look('attempt-waiting');
  const loads: string[] = [];
  page.on('framenavigated', (frame) => loads.push(frame.url()));
  open();
  await page.locator('.attempt[data-status=graded]').waitFor();
  expect(loads).toEqual([]);
  expect(await page.getByRole('status').textContent()).toContain('Your answer has been read. 2 of 6.');
  expect(await page.locator('#attempt').count()).toBe(1);
  expect(await page.locator('[data-word-count]').textContent()).toBe('10 words');
  await look('attempt-arrived');
  await leave();
});

test('without scripts the waiting page loads itself until the grade is there', async () => {
  const open = closeGate();
  const { page, leave } = await visit(browser, { url, view: { width: 1280, scheme: 'light', script: 'off' } });
  await page.goto('/items/lora-count');
  await page.getByRole('textbox').fill(answerText);
  await page.getByRole('button', { name: 'Hand in' }).click();
  await page.getByText('Your answer is safe and is being read.').waitFor();
  open();
  await page.getByText('Only one matrix').or(page.locator('mark.mark-wrong-turn')).first().waitFor();
  await leave();
});
