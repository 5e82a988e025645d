// A feed's input formatted for reading: JSON and URL-encoded fields; anything else stays as it is.

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

/** Keeps ids of twenty digits exact, in browsers that give the number's source text; the compiler does not know it yet. */
function exactNumber(this: unknown, _: string, value: unknown, context?: { source?: string }): unknown {
  const { rawJSON } = JSON as { rawJSON?: (text: string) => unknown };
  return typeof value === 'number' && context?.source && rawJSON ? rawJSON(context.source) : value;
}
