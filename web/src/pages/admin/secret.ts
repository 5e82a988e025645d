// What is shown only once, after it was made.

export interface Secret {
  title: string;
  values: readonly { label: string; value: string }[];
}

/** The reader's own zone: what is about no account is told in it. */
export const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;
