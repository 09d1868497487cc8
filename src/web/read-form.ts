import type { Context } from 'hono';

/** The fields of a posted form as text; files and anything unreadable are left out. */
export async function readForm(c: Context): Promise<Map<string, string>> {
  const fields = new Map<string, string>();
  const body = await c.req.parseBody().catch(() => ({}));
  for (const [name, value] of Object.entries(body)) {
    // Browsers send line breaks as CRLF; kept so, every count and offset would be off by one a line.
    if (typeof value === 'string') fields.set(name, value.replaceAll('\r\n', '\n'));
  }
  return fields;
}

/** One field; the empty text where it was not sent. */
export function readField(form: Map<string, string>, name: string): string {
  return form.get(name) ?? '';
}
