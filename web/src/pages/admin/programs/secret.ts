// What is shown only once, after it was made.

export interface Secret {
  title: string;
  values: readonly { label: string; value: string }[];
}
