// Clock readings of a login and a logout into instants, also in the hour that a zone's clock repeats.
import { offsetsAt } from '../text/local-time.ts';
import { checkedInstant, invalidTime } from './cells.ts';
import type { Reading } from './times.ts';

type ClockReading = Pick<Reading, 'wallMs' | 'offsetMs'>;

interface LoginTimes {
  /** UTC milliseconds since 1970. */
  loginMs: number;
  /** Undefined where no logout is given. */
  logoutMs: number | undefined;
}

/**
 * For the rows of one file, in their order. A repeated hour names two instants: the login time tells which of them a login
 * and its logout lie apart; among those that fit, the first one that is not before the row above, since reports are in
 * order of login.
 */
export function loginClock(
  zone: string,
): (login: ClockReading, logout: ClockReading | undefined, loginTimeMs: number | undefined) => LoginTimes {
  let aboveMs = Number.NEGATIVE_INFINITY;
  return (login, logout, loginTimeMs) => {
    const pairs = instants(login, zone).flatMap(loginMs =>
      (logout === undefined ? [undefined] : instants(logout, zone))
        .filter(logoutMs => logoutMs === undefined || logoutMs >= loginMs)
        .map(logoutMs => ({ loginMs, logoutMs })),
    );
    const misfit = ({ loginMs, logoutMs }: LoginTimes) =>
      logoutMs === undefined || loginTimeMs === undefined ? 0 : Math.abs(logoutMs - loginMs - loginTimeMs);
    const least = pairs.map(misfit).reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const fitting = pairs.filter(pair => misfit(pair) === least);
    const chosen = fitting.find(({ loginMs }) => loginMs >= aboveMs) ?? fitting[0];
    if (chosen === undefined) throw invalidTime('The logout', 'lies before the login');
    checkedInstant('The login', chosen.loginMs);
    aboveMs = chosen.loginMs;
    return chosen;
  };
}

/** The instants that a clock reading names, in order. */
function instants({ wallMs, offsetMs }: ClockReading, zone: string): number[] {
  if (offsetMs !== null) return [wallMs - offsetMs];
  const { first, last } = offsetsAt(wallMs, zone);
  return [...new Set([wallMs - first, wallMs - last])];
}
