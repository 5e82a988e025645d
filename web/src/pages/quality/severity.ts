// How much a finding matters, and where it is mended.

export interface Weight {
  /** 0 matters most. */
  order: number;
  label: string;
  color: string;
}

const LOST: Weight = { order: 0, label: 'Data is missing', color: 'red' };
const WRONG: Weight = { order: 1, label: 'Times may be wrong', color: 'orange' };
const NAMES: Weight = { order: 2, label: 'Names are missing', color: 'yellow' };

const WEIGHTS: Readonly<Record<string, Weight>> = {
  REJECTED_INPUTS: LOST,
  FEED_GAPS: LOST,
  UNKNOWN_AGENTS: NAMES,
};

export const weightOf = (key: string): Weight => WEIGHTS[key] ?? WRONG;

/** The page that mends a finding; others are mended at the feed. */
export const MENDED_AT: Readonly<Record<string, { label: string; href: string }>> = {
  REJECTED_INPUTS: { label: 'See the rejected inputs', href: '/quality?view=rejects' },
  FEED_GAPS: { label: 'See the feeds', href: '/admin/feeds' },
  UNKNOWN_STATES: { label: 'Say what the labels count as', href: '/admin/states' },
  GUESSED_STATES: { label: 'Say what the labels count as', href: '/admin/states' },
  UNACCOUNTED_TIME: { label: 'See the states', href: '/admin/states' },
  LIKELY_ALIASES: { label: 'See the aliases', href: '/admin/aliases' },
  UNKNOWN_AGENTS: { label: 'Import the agents', href: '/admin/import' },
};
