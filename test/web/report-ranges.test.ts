// The words for ranges of days, each against the days that a calendar shows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayIn } from '../../web/src/format/days.ts';
import { type AskedRange, daysOf } from '../../web/src/parts/selection/ranges.ts';

const ASKED: AskedRange = { range: 'today', from: '', to: '', payStart: '', payPeriod: '14' };
const MONDAY = 1;

/** 14 May 2026 is a Thursday. */
const RANGES: [asked: Partial<AskedRange>, today: string, from: string, to: string][] = [
  [{ range: 'today' }, '2026-05-14', '2026-05-14', '2026-05-14'],
  [{ range: 'yesterday' }, '2026-03-01', '2026-02-28', '2026-02-28'],
  [{ range: 'last-7-days' }, '2026-05-14', '2026-05-08', '2026-05-14'],
  [{ range: 'this-week' }, '2026-05-14', '2026-05-11', '2026-05-17'],
  [{ range: 'this-week' }, '2026-05-11', '2026-05-11', '2026-05-17'],
  [{ range: 'this-week' }, '2026-05-17', '2026-05-11', '2026-05-17'],
  [{ range: 'last-week' }, '2026-01-01', '2025-12-22', '2025-12-28'],
  [{ range: 'this-month' }, '2028-02-10', '2028-02-01', '2028-02-29'],
  [{ range: 'last-month' }, '2026-01-31', '2025-12-01', '2025-12-31'],
  [{ range: 'custom', from: '2026-05-01', to: '2026-05-03' }, '2026-05-14', '2026-05-01', '2026-05-03'],
  [{ range: 'custom', from: '2026-05-03', to: '2026-05-01' }, '2026-05-14', '2026-05-03', '2026-05-03'],
  [{ range: 'custom', from: '2026-02-30' }, '2026-05-14', '2026-05-14', '2026-05-14'],
  [{ range: 'this-pay-period', payStart: '2026-05-04' }, '2026-05-14', '2026-05-04', '2026-05-17'],
  [{ range: 'this-pay-period', payStart: '2026-05-04' }, '2026-05-18', '2026-05-18', '2026-05-31'],
  [{ range: 'this-pay-period', payStart: '2026-06-01' }, '2026-05-14', '2026-05-04', '2026-05-17'],
  [{ range: 'last-pay-period', payStart: '2026-05-04' }, '2026-05-14', '2026-04-20', '2026-05-03'],
  [{ range: 'this-pay-period', payPeriod: '7', payStart: '2026-05-02' }, '2026-05-14', '2026-05-09', '2026-05-15'],
  [{ range: 'this-pay-period', payPeriod: 'semi-monthly' }, '2026-05-14', '2026-05-01', '2026-05-15'],
  [{ range: 'last-pay-period', payPeriod: 'semi-monthly' }, '2026-03-14', '2026-02-16', '2026-02-28'],
  [{ range: 'this-pay-period', payPeriod: 'month', payStart: '2026-01-20' }, '2026-05-14', '2026-04-20', '2026-05-19'],
  [{ range: 'last-pay-period', payPeriod: 'month', payStart: '2026-01-20' }, '2026-05-20', '2026-04-20', '2026-05-19'],
];
for (const [asked, today, from, to] of RANGES) {
  test(`${JSON.stringify(asked)} on ${today}`, () => {
    assert.deepEqual(daysOf({ ...ASKED, ...asked }, today, MONDAY), { from, to });
  });
}

test('a week begins as the reader’s calendar does', () => {
  const weeks = [7, 6].map(first => daysOf({ ...ASKED, range: 'this-week' }, '2026-05-14', first).from);
  assert.deepEqual(weeks, ['2026-05-10', '2026-05-09']);
});

test('pay periods follow one another without gap', () => {
  for (const payPeriod of ['7', '14', 'semi-monthly', 'month'] as const) {
    const asked = { ...ASKED, payPeriod, payStart: '2026-01-31' };
    for (const day of ['2026-01-30', '2026-02-28', '2026-03-01', '2026-03-31', '2028-02-29']) {
      const now = daysOf({ ...asked, range: 'this-pay-period' }, day, MONDAY);
      const before = daysOf({ ...asked, range: 'last-pay-period' }, day, MONDAY);
      assert.ok(now.from <= day && day <= now.to, `${payPeriod} ${day} ${now.from} ${now.to}`);
      assert.equal(Date.parse(now.from) - Date.parse(before.to), 86_400_000, `${payPeriod} ${day}`);
    }
  }
});

test('today is the day of the zone', () => {
  const at = Date.UTC(2026, 4, 14, 3);
  assert.deepEqual(
    ['America/New_York', 'UTC', 'Asia/Tokyo'].map(zone => dayIn(zone, at)),
    ['2026-05-13', '2026-05-14', '2026-05-14'],
  );
});
