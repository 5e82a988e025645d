// Sessions of logs in which lines are missing: logins, logoffs, or the beginning of the log.
import { checkSessions, NORMAL } from './testing/session-cases.ts';

checkSessions('asterisk sessions: missing lines', [
  {
    name: 'members that are never added: each day from the first call to the last line',
    lines: [
      '0 c1 sales SIP/1 CONNECT 9 c2 5',
      '60 c1 sales SIP/1 COMPLETEAGENT 9 60 1',
      '100 NONE sales SIP/1 PAUSE Break',
      '160 NONE sales SIP/1 UNPAUSE',
      '50000 c3 sales SIP/1 RINGNOANSWER 5000',
      '50100 c4 sales SIP/1 RINGNOANSWER 4000',
    ],
    sessions: [
      {
        end: 'SUPERSEDED',
        login: -5,
        logout: 160,
        available: 40,
        ring: 5,
        engaged: 60,
        break: 60,
        accepted: 1,
        presented: 1,
      },
      {
        end: 'STALE',
        login: 49_995,
        logout: 50_100,
        available: 96,
        ring: 9,
        ring_no_answers: 2,
        presented: 2,
      },
    ],
  },
  {
    name: 'a log that begins within a session',
    lines: [
      '0 c1 sales SIP/1 RINGNOANSWER 5000',
      '100 c2 tech SIP/1 RINGNOANSWER 10000',
      '200 NONE sales SIP/1 REMOVEMEMBER',
      '300 NONE tech SIP/1 REMOVEMEMBER',
    ],
    sessions: [{ end: 'NORMAL', login: -5, logout: 300, available: 290, ring: 15, ring_no_answers: 2, presented: 2 }],
  },
  {
    name: 'a logoff is the only line, and states how long the login lasted',
    lines: [
      '28800 NONE NONE Agent/1 AGENTLOGOFF SIP/1-0000abcd 28800',
      '28805 NONE sales SIP/1 PAUSE lunch',
      '28809 NONE sales SIP/1 UNPAUSE',
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 28_800, available: 28_800 }],
  },
  {
    name: 'a logoff is the only line, and states nothing',
    lines: ['0 NONE NONE Agent/1 AGENTCALLBACKLOGOFF 1@a', '5 NONE sales SIP/1 PAUSE lunch'],
    sessions: [],
  },
  {
    name: 'a logoff that states the time since 1970 counts as stating none',
    lines: ['0 NONE NONE Agent/1 AGENTCALLBACKLOGOFF 1@a 1700000000', '9 c1 sales Agent/1 RINGNOANSWER 2000'],
    sessions: [{ end: 'STALE', login: 7, logout: 9, ring: 2, ring_no_answers: 1, presented: 1 }],
  },
  {
    name: 'a log that begins within a login has the login that its logoff states',
    lines: [
      '5000 c1 sales Agent/1 CONNECT 9 c2 5',
      '5060 c1 sales Agent/1 COMPLETEAGENT 9 60 1',
      '9000 l NONE Agent/1 AGENTCALLBACKLOGOFF 1@a 9000',
    ],
    sessions: [
      {
        ...NORMAL,
        login: 0,
        logout: 9000,
        available: 8935,
        ring: 5,
        engaged: 60,
        accepted: 1,
        presented: 1,
      },
    ],
  },
  {
    name: 'a membership within a login whose line is missing',
    lines: [
      '5000 NONE tech Agent/1 ADDMEMBER',
      '8999 NONE tech Agent/1 REMOVEMEMBER',
      '9000 l NONE Agent/1 AGENTLOGOFF SIP/1-0000abcd 9000',
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 9000, available: 9000 }],
  },
  {
    name: 'a logoff of a login that has ended already has no effect',
    lines: [
      '0 l NONE Agent/1 AGENTLOGIN SIP/1-0000abcd',
      '100 l NONE Agent/1 AGENTLOGOFF SIP/1-0000abcd 100',
      '160 l NONE Agent/1 AGENTLOGOFF SIP/1-0000abcd 160',
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 100, available: 100, off_hook: 100 }],
  },
  {
    name: 'a logoff and a login in one second, the first login known only by its logoff',
    lines: [
      '60 l1 NONE Agent/1 AGENTLOGOFF SIP/1-0000abcd 60',
      '60 l2 NONE Agent/1 AGENTLOGIN SIP/1-0000abce',
      '90 l2 NONE Agent/1 AGENTLOGOFF SIP/1-0000abce 30',
    ],
    sessions: [
      { ...NORMAL, login: 0, logout: 60, available: 60 },
      { ...NORMAL, login: 60, logout: 90, available: 30, off_hook: 30 },
    ],
  },
]);
