import { storableText } from '../storable-text.ts';

/** Long enough for an endpoint's error message, short enough to keep a learner's text out of logs. */
const LONGEST = 300;

/** What an endpoint said, fit for an operator's screen: on one line, cut short, without the key or anything like one. */
export function redact(text: string, apiKey: string | null): string {
  const withoutKey = apiKey === null || apiKey === '' ? text : text.replaceAll(apiKey, '[key]');
  const line = withoutKey
    // Providers repeat a masked or partial key in their 401s.
    .replace(/\bsk-[\w*.…-]{4,}/g, '[key]')
    .replace(/\bBearer\s+\S+/gi, 'Bearer [key]')
    .replace(/(\b(?:api[-_ ]?key|token)["']?\s*[=:]\s*["']?)[^\s"',;]{8,}/gi, '$1[key]')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const cut = storableText(line, LONGEST);
  return cut.length < line.length ? `${cut}…` : cut;
}
