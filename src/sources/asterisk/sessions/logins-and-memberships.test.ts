// Memberships and logins open and close sessions.
import { ADD, checkSessions, NORMAL, REMOVE } from './testing/session-cases.ts';

checkSessions('asterisk sessions: logins and memberships', [
  {
    name: 'a membership and a call',
    lines: [ADD, '100 c1 sales SIP/1 CONNECT 20 c2 8', '160 c1 sales SIP/1 COMPLETECALLER 20 60 1', REMOVE],
    sessions: [{ ...NORMAL, login: 0, logout: 1000, available: 932, ring: 8, engaged: 60, accepted: 1, presented: 1 }],
  },
  {
    name: 'from the first of several memberships to the end of the last',
    lines: [ADD, '50 MANAGER tech SIP/1 ADDMEMBER', REMOVE, '1500 MANAGER tech SIP/1 REMOVEMEMBER'],
    sessions: [{ ...NORMAL, login: 0, logout: 1500, available: 1500 }],
  },
  {
    name: 'a change of queues within a second is no logout',
    lines: [
      ADD,
      '500 NONE tech SIP/1 ADDMEMBER',
      '500 NONE sales SIP/1 REMOVEMEMBER',
      '900 NONE tech SIP/1 REMOVEMEMBER',
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 900, available: 900 }],
  },
  {
    name: 'a membership renewed within a second is no logout',
    lines: [ADD, '500 NONE sales SIP/1 REMOVEMEMBER', '500 NONE sales SIP/1 ADDMEMBER', REMOVE],
    sessions: [{ ...NORMAL, login: 0, logout: 1000, available: 1000 }],
  },
  {
    name: 'leaving a queue that the agent was never in has no effect',
    lines: [ADD, '500 NONE tech SIP/1 REMOVEMEMBER', REMOVE, '1100 NONE sales SIP/1 REMOVEMEMBER'],
    sessions: [{ ...NORMAL, login: 0, logout: 1000, available: 1000 }],
  },
  {
    name: 'a restart that adds the members again ends no session',
    lines: [
      ADD,
      '500 NONE NONE NONE QUEUESTART',
      '501 MANAGER sales SIP/1 ADDMEMBER',
      '9000 REALTIME sales SIP/1 ADDMEMBER',
      '9500 MANAGER sales SIP/1 REMOVEMEMBER',
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 9500, available: 9500 }],
  },
  {
    name: 'a missing removal: the next membership begins a session, the old one ends with its last line',
    lines: [
      ADD,
      '100 c1 sales SIP/1 RINGNOANSWER 5000',
      '57000 MANAGER sales SIP/1 ADDMEMBER',
      '58000 MANAGER sales SIP/1 REMOVEMEMBER',
    ],
    sessions: [
      {
        end: 'SUPERSEDED',
        has_login: 1,
        login: 0,
        logout: 100,
        available: 95,
        ring: 5,
        ring_no_answers: 1,
        presented: 1,
      },
      { ...NORMAL, login: 57_000, logout: 58_000, available: 1000 },
    ],
  },
  {
    name: 'a missing removal of another queue, the day after',
    lines: [ADD, '90000 MANAGER tech SIP/1 ADDMEMBER', '90100 MANAGER tech SIP/1 REMOVEMEMBER'],
    sessions: [
      { end: 'STALE', has_login: 1, login: 0, logout: 0 },
      { ...NORMAL, login: 90_000, logout: 90_100, available: 100 },
    ],
  },
  {
    name: 'a membership lasts through any silence until it is ended',
    lines: [ADD, '90000 MANAGER sales SIP/1 REMOVEMEMBER'],
    sessions: [{ ...NORMAL, login: 0, logout: 90_000, available: 90_000 }],
  },
  {
    name: 'AGENTLOGIN is off hook until AGENTLOGOFF',
    lines: [
      '0 l1 NONE Agent/1 AGENTLOGIN SIP/77-0000abcd',
      '100 c1 sales Agent/1 CONNECT 3 c2 3',
      '130 c1 sales Agent/1 COMPLETEAGENT 3 30 1',
      '600 l1 NONE Agent/1 AGENTLOGOFF SIP/77-0000abcd 600',
    ],
    sessions: [
      {
        ...NORMAL,
        login: 0,
        logout: 600,
        available: 567,
        ring: 3,
        engaged: 30,
        off_hook: 600,
        accepted: 1,
        presented: 1,
      },
    ],
  },
  {
    name: 'a login within a session of another is part of it',
    lines: [
      ADD,
      '100 l1 NONE Agent/1 AGENTLOGIN SIP/1-0000abcd',
      '400 l1 NONE Agent/1 AGENTLOGOFF SIP/1-0000abcd 300',
      REMOVE,
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 1000, available: 1000, off_hook: 300 }],
  },
  {
    name: 'a callback login whose logoff is missing, then another',
    lines: [
      '0 l1 NONE Agent/1 AGENTCALLBACKLOGIN 1001@agents',
      '50 c1 sales Agent/1 RINGNOANSWER 10000',
      '900 l2 NONE Agent/1 AGENTCALLBACKLOGIN 1001@agents',
      '950 NONE NONE Agent/1 AGENTCALLBACKLOGOFF 1001@agents 50 Autologoff',
      '951 NONE NONE Agent/1 UNPAUSEALL',
    ],
    sessions: [
      {
        end: 'SUPERSEDED',
        has_login: 1,
        login: 0,
        logout: 50,
        available: 40,
        ring: 10,
        ring_no_answers: 1,
        presented: 1,
      },
      { ...NORMAL, login: 900, logout: 950, available: 50 },
    ],
  },
  {
    name: 'logged off and in again in one second',
    lines: [
      '0 l1 NONE Agent/1 AGENTLOGIN SIP/1-0000abcd',
      '60 l2 NONE Agent/1 AGENTLOGIN SIP/1-0000abce',
      '60 l1 NONE Agent/1 AGENTLOGOFF SIP/1-0000abcd 60',
      '90 l2 NONE Agent/1 AGENTLOGOFF SIP/1-0000abce 30',
    ],
    sessions: [
      { ...NORMAL, login: 0, logout: 60, available: 60, off_hook: 60 },
      { ...NORMAL, login: 60, logout: 90, available: 30, off_hook: 30 },
    ],
  },
  {
    name: 'logged in and off within a second',
    lines: ['0 l1 NONE Agent/1 AGENTLOGIN SIP/1-0000abcd', '0 l1 NONE Agent/1 AGENTLOGOFF SIP/1-0000abcd 0'],
    sessions: [{ ...NORMAL, login: 0, logout: 0 }],
  },
  {
    name: 'names of one agent are joined',
    lines: [
      '0 NONE sales Local/1127@callback-agent/n ADDMEMBER',
      '100 c1 sales Agent/1127 CONNECT 4 c2 4',
      '150 c1 sales Agent/1127 COMPLETECALLER 4 50 1',
      '160 NONE sales SIP/1127 PAUSE lunch',
      '260 NONE sales SIP/1127-0000abcd UNPAUSE',
      '300 NONE sales Local/1127@callback-agent/n REMOVEMEMBER',
    ],
    sessions: [
      {
        ...NORMAL,
        login: 0,
        logout: 300,
        available: 146,
        ring: 4,
        engaged: 50,
        lunch: 100,
        accepted: 1,
        presented: 1,
      },
    ],
  },
  {
    name: 'an agent with two phones stays logged in until the second is removed',
    lines: [ADD, '10 MANAGER sales PJSIP/1 ADDMEMBER', REMOVE, '1200 MANAGER sales PJSIP/1 REMOVEMEMBER'],
    sessions: [{ ...NORMAL, login: 0, logout: 1200, available: 1200 }],
  },
  {
    name: 'a restart hours after the last line, and a member added again, do not end the session',
    lines: [
      ADD,
      '9000 NONE NONE NONE QUEUESTART',
      '9001 MANAGER sales SIP/1 ADDMEMBER',
      '30000 MANAGER sales SIP/1 REMOVEMEMBER',
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 30_000, available: 30_000 }],
  },
  {
    name: 'a login continues over a restart after any silence',
    lines: [
      '0 l NONE Agent/1 AGENTCALLBACKLOGIN 1@a',
      '0 NONE sales Agent/1 ADDMEMBER',
      '40000 NONE sales Agent/1 ADDMEMBER',
      '50000 NONE sales Agent/1 REMOVEMEMBER',
      '50000 l NONE Agent/1 AGENTCALLBACKLOGOFF 1@a 50000',
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 50_000, available: 50_000 }],
  },
  {
    name: 'ADDMEMBER2 without a login is a membership of its own; with one it ends with the login',
    lines: [
      '0 NONE sales SIP/1 ADDMEMBER2 SIP/1',
      '100 NONE sales SIP/1 REMOVEMEMBER SIP/1',
      '200 NONE NONE SIP/1 AGENTLOGIN SIP/1',
      '200 NONE sales SIP/1 ADDMEMBER2 SIP/1',
      '300 NONE NONE SIP/1 AGENTLOGOFF SIP/1 100',
    ],
    sessions: [
      { ...NORMAL, login: 0, logout: 100, available: 100 },
      { ...NORMAL, login: 200, logout: 300, available: 100, off_hook: 100 },
    ],
  },
]);
