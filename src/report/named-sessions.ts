// The fold joined with the agent directory, by session and by agent, each as one SELECT.
import { readFileSync } from 'node:fs';
import { FOLD_SQL } from '../sessions/sessions.ts';

const around = (name: string, sessions: string) =>
  readFileSync(new URL(name, import.meta.url), 'utf8')
    .trim()
    .replace('{{sessions}}', () => sessions);

/** A row per session: the fold's columns and who the agent was as of the login. Parameters: `sessionParams`. */
export const NAMED_SESSIONS_SQL = around('./named.sql', `(${FOLD_SQL})`);

/** A row per agent with the same columns. */
export const NAMED_AGENTS_SQL = around('./rollup.sql', NAMED_SESSIONS_SQL);
