// The fold joined with the agent directory, as one SELECT.
import { readFileSync } from 'node:fs';
import { FOLD_SQL } from '../sessions/sessions.ts';

/** A row per session: the fold's columns and who the agent was as of the login. Parameters: those of the fold. */
export const NAMED_SESSIONS_SQL = readFileSync(new URL('./named.sql', import.meta.url), 'utf8')
  .trim()
  .replace('{{sessions}}', () => `(${FOLD_SQL})`);
