// A feed's input into a form that is easy to read; what is of no known form stays as it is.

export function prettyInput(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw, exactNumber), null, 2);
  } catch {
    return isUrlEncoded(raw)
      ? [...new URLSearchParams(raw)].map(([name, value]) => `${name} = ${value}`).join('\n')
      : raw;
  }
}

const isUrlEncoded = (raw: string): boolean => /^[\w.-]+=[^\s&]*(&[\w.-]+=[^\s&]*)*$/.test(raw.trim());

/** Ids of twenty digits stay what they are, where the browser tells how they were written; the compiler does not know of it. */
function exactNumber(this: unknown, _: string, value: unknown, context?: { source?: string }): unknown {
  const { rawJSON } = JSON as { rawJSON?: (text: string) => unknown };
  return typeof value === 'number' && context?.source && rawJSON ? rawJSON(context.source) : value;
}
