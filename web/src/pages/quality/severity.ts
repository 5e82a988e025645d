// How much a finding matters, and the page where it is fixed.

export interface Severity {
  /** 0 matters most. */
  order: number;
  label: string;
  color: string;
}

const LOST: Severity = { order: 0, label: 'Data is missing', color: 'red' };
const WRONG: Severity = { order: 1, label: 'Times may be wrong', color: 'orange' };
const NAMES: Severity = { order: 2, label: 'Names are missing', color: 'yellow' };

const SEVERITIES: Readonly<Record<string, Severity>> = {
  REJECTED_INPUTS: LOST,
  FEED_GAPS: LOST,
  UNKNOWN_AGENTS: NAMES,
};

export const severityOf = (key: string): Severity => SEVERITIES[key] ?? WRONG;

/** The page that fixes a finding; others are fixed at the feed. */
export const FIX_PAGES: Readonly<Record<string, { label: string; href: string }>> = {
  REJECTED_INPUTS: { label: 'View rejected inputs', href: '/quality?view=rejects' },
  FEED_GAPS: { label: 'View feeds', href: '/admin/feeds' },
  UNKNOWN_STATES: { label: 'Set what the labels count as', href: '/admin/states' },
  GUESSED_STATES: { label: 'Set what the labels count as', href: '/admin/states' },
  UNACCOUNTED_TIME: { label: 'View states', href: '/admin/states' },
  LIKELY_ALIASES: { label: 'View aliases', href: '/admin/aliases' },
  UNKNOWN_AGENTS: { label: 'Import agents', href: '/admin/import' },
};
