// A secret that is shown once, right after it was created.

export interface Secret {
  title: string;
  values: readonly { label: string; value: string }[];
}
