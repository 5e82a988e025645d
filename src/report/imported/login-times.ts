// Clock readings of a login and a logout into instants, also in the hour that a zone's clock repeats.
import { offsetsAt } from '../../sources/local-time.ts';
import { checkedInstant, invalidTime } from './cells.ts';

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
): (loginWallMs: number, logoutWallMs: number | undefined, loginTimeMs: number | undefined) => LoginTimes {
  let aboveMs = Number.NEGATIVE_INFINITY;
  return (loginWallMs, logoutWallMs, loginTimeMs) => {
    const pairs = instants(loginWallMs, zone).flatMap(loginMs =>
      (logoutWallMs === undefined ? [undefined] : instants(logoutWallMs, zone))
        .filter(logoutMs => logoutMs === undefined || logoutMs >= loginMs)
        .map(logoutMs => ({ loginMs, logoutMs })),
    );
    const misfit = ({ loginMs, logoutMs }: LoginTimes) =>
      logoutMs === undefined || loginTimeMs === undefined ? 0 : Math.abs(logoutMs - loginMs - loginTimeMs);
    const least = Math.min(...pairs.map(misfit));
    const fitting = pairs.filter(pair => misfit(pair) === least);
    const chosen = fitting.find(({ loginMs }) => loginMs >= aboveMs) ?? fitting[0];
    if (chosen === undefined) throw invalidTime('The logout', 'lies before the login');
    checkedInstant('The login', chosen.loginMs);
    aboveMs = chosen.loginMs;
    return chosen;
  };
}

/** The instants that a clock reading names, in order. */
function instants(wallMs: number, zone: string): number[] {
  const { first, last } = offsetsAt(wallMs, zone);
  return [...new Set([wallMs - first, wallMs - last])];
}
