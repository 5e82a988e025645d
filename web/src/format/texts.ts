// The order of texts in lists, as the reader's language has it; numbers within them count as numbers.

const collator = new Intl.Collator(undefined, { numeric: true });

export const compareTexts = (a: string, b: string): number => collator.compare(a, b);
