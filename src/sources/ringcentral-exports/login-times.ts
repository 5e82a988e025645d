// Converts the wall-clock times of a login and a logout to instants, including times in a repeated hour.
import { offsetsAt } from '../text/local-time.ts';
import { checkedInstant, invalidTime } from './cells.ts';
import type { ExportTime } from './times.ts';

type WallTime = Pick<ExportTime, 'wallMs' | 'offsetMs'>;

interface LoginTimes {
  /** UTC milliseconds since 1970. */
  loginMs: number;
  /** Undefined if the export has no logout. */
  logoutMs: number | undefined;
}

/**
 * A clock for the rows of one file, in their order. A time in a repeated hour names two instants; the pair of login and logout
 * that best fits the login time is taken. If several fit, it is the first that is not before the previous row, since reports are
 * sorted by login.
 */
export function loginClock(
  zone: string,
): (login: WallTime, logout: WallTime | undefined, loginTimeMs: number | undefined) => LoginTimes {
  let previousLoginMs = Number.NEGATIVE_INFINITY;
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
    const chosen = fitting.find(({ loginMs }) => loginMs >= previousLoginMs) ?? fitting[0];
    if (chosen === undefined) throw invalidTime('The logout', 'is before the login');
    checkedInstant('The login', chosen.loginMs);
    previousLoginMs = chosen.loginMs;
    return chosen;
  };
}

/** The one or two instants named by a wall-clock time, in order. */
function instants({ wallMs, offsetMs }: WallTime, zone: string): number[] {
  if (offsetMs !== null) return [wallMs - offsetMs];
  const { first, last } = offsetsAt(wallMs, zone);
  return [...new Set([wallMs - first, wallMs - last])];
}
