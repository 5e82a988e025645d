import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventsOfLines, type Figures, figuresOfLines } from '../../../../test/support/asterisk-lines.ts';

interface Case {
  name: string;
  lines: string[];
  sessions: Figures[];
}

const NORMAL = { end: 'NORMAL', has_login: 1 } as const;
const ADD = '0 MANAGER sales SIP/1 ADDMEMBER';
const REMOVE = '1000 MANAGER sales SIP/1 REMOVEMEMBER';

const CASES: Case[] = [
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
    name: 'PAUSE over PAUSE changes the reason',
    lines: [
      ADD,
      '100 NONE sales SIP/1 PAUSE lunch',
      '300 NONE sales SIP/1 PAUSE Training',
      '350 NONE sales SIP/1 PAUSE',
      '400 NONE sales SIP/1 UNPAUSE',
      REMOVE,
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 1000, available: 700, lunch: 200, training: 50, away: 50 }],
  },
  {
    name: 'an agent is paused only if paused in every queue',
    lines: [
      ADD,
      '0 MANAGER tech SIP/1 ADDMEMBER',
      '100 NONE sales SIP/1 PAUSE break',
      '200 NONE tech SIP/1 PAUSE lunch',
      '300 NONE sales SIP/1 UNPAUSE',
      '400 NONE sales SIP/1 PAUSE break',
      '500 NONE tech SIP/1 REMOVEMEMBER',
      REMOVE,
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 1000, available: 300, lunch: 100, break: 600 }],
  },
  {
    name: 'PAUSEALL has the reason of the PAUSE of the same second',
    lines: [
      ADD,
      '0 MANAGER tech SIP/1 ADDMEMBER',
      '100 NONE NONE SIP/1 PAUSEALL',
      '100 NONE sales SIP/1 PAUSE Meeting',
      '100 NONE tech SIP/1 PAUSE Lunch',
      '400 NONE NONE SIP/1 UNPAUSEALL',
      '400 NONE sales SIP/1 UNPAUSE',
      '400 NONE tech SIP/1 UNPAUSE',
      REMOVE,
      '1000 MANAGER tech SIP/1 REMOVEMEMBER',
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 1000, available: 700, lunch: 300 }],
  },
  {
    name: 'PAUSEALL without a known queue',
    lines: [
      '0 l NONE Agent/1 AGENTCALLBACKLOGIN 1@a',
      '10 NONE NONE Agent/1 PAUSEALL',
      '30 NONE NONE Agent/1 UNPAUSEALL',
      '100 NONE NONE Agent/1 AGENTCALLBACKLOGOFF 1@a 100',
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 100, available: 80, away: 20 }],
  },
  {
    name: 'a member added paused',
    lines: ['0 NONE sales SIP/1 ADDMEMBER PAUSED', '40 NONE sales SIP/1 UNPAUSE', REMOVE],
    sessions: [{ ...NORMAL, login: 0, logout: 1000, available: 960, away: 40 }],
  },
  {
    name: 'a pause in a call begins when the call ends',
    lines: [
      ADD,
      '100 c1 sales SIP/1 CONNECT 5 c2 0',
      '150 NONE sales SIP/1 PAUSE break',
      '200 c1 sales SIP/1 COMPLETEAGENT 5 100 1',
      '260 NONE sales SIP/1 UNPAUSE',
      REMOVE,
    ],
    sessions: [
      {
        ...NORMAL,
        login: 0,
        logout: 1000,
        available: 840,
        engaged: 100,
        break: 60,
        accepted: 1,
        presented: 1,
      },
    ],
  },
  {
    name: 'paused for not answering',
    lines: [
      ADD,
      '100 NONE sales SIP/1 PAUSE Auto-Pause',
      '100 c1 sales SIP/1 RINGNOANSWER 15000',
      '140 NONE sales SIP/1 UNPAUSE',
      REMOVE,
    ],
    sessions: [
      {
        ...NORMAL,
        login: 0,
        logout: 1000,
        available: 945,
        ring: 15,
        rna: 40,
        ring_no_answers: 1,
        presented: 1,
      },
    ],
  },
  {
    name: 'the reason changed by UNPAUSE and PAUSE in one second',
    lines: [
      ADD,
      '100 NONE sales SIP/1 PAUSE lunch',
      '200 NONE sales SIP/1 UNPAUSE',
      '200 NONE sales SIP/1 PAUSE break',
      REMOVE,
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 1000, available: 100, lunch: 100, break: 800 }],
  },
  {
    name: 'many missed calls of one caller, and one that rang for zero seconds',
    lines: [
      ADD,
      '100 c1 sales SIP/1 RINGNOANSWER 15000',
      '120 c1 sales SIP/1 RINGNOANSWER 15000',
      '130 c1 sales SIP/1 RINGNOANSWER 0',
      '150 c1 sales SIP/1 CONNECT 60 c2 7',
      '190 c1 sales SIP/1 COMPLETECALLER 60 40 1',
      REMOVE,
    ],
    sessions: [
      {
        ...NORMAL,
        login: 0,
        logout: 1000,
        available: 923,
        ring: 37,
        engaged: 40,
        accepted: 1,
        ring_no_answers: 3,
        presented: 4,
      },
    ],
  },
  {
    name: 'rings of two queues at once are one time',
    lines: [
      ADD,
      '0 MANAGER tech SIP/1 ADDMEMBER',
      '110 c1 sales SIP/1 RINGNOANSWER 10000',
      '115 c2 tech SIP/1 RINGCANCELED 12000',
      REMOVE,
      '1000 MANAGER tech SIP/1 REMOVEMEMBER',
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 1000, available: 985, ring: 15, ring_no_answers: 1, presented: 2 }],
  },
  {
    name: 'a ring does not reach back into the previous call or before the session',
    lines: [
      ADD,
      '3 c1 sales SIP/1 CONNECT 9 c2 9',
      '50 c1 sales SIP/1 COMPLETEAGENT 9 47 1',
      '55 c3 sales SIP/1 CONNECT 9 c4 6',
      '60 c3 sales SIP/1 COMPLETEAGENT 9 5 1',
      REMOVE,
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 1000, available: 940, ring: 8, engaged: 52, accepted: 2, presented: 2 }],
  },
  {
    name: 'a ring during a call does not shorten it',
    lines: [
      ADD,
      '100 c1 sales SIP/1 CONNECT 9 c2 0',
      '150 c3 sales SIP/1 RINGNOANSWER 20000',
      '200 c1 sales SIP/1 COMPLETEAGENT 9 100 1',
      REMOVE,
    ],
    sessions: [
      {
        ...NORMAL,
        login: 0,
        logout: 1000,
        available: 900,
        engaged: 100,
        accepted: 1,
        ring_no_answers: 1,
        presented: 2,
      },
    ],
  },
  {
    name: 'a call whose end is missing ends as the next one rings',
    lines: [
      ADD,
      '100 c1 sales SIP/1 CONNECT 9 c2 0',
      '200 c3 sales SIP/1 CONNECT 9 c4 10',
      '230 c3 sales SIP/1 COMPLETEAGENT 9 30 1',
      REMOVE,
    ],
    sessions: [
      {
        ...NORMAL,
        login: 0,
        logout: 1000,
        available: 870,
        ring: 10,
        engaged: 120,
        accepted: 2,
        presented: 2,
      },
    ],
  },
  {
    name: 'an end that comes after the next call began ends only its own call',
    lines: [
      ADD,
      '100 c1 sales SIP/1 CONNECT 9 c2 0',
      '200 c3 sales SIP/1 CONNECT 9 c4 0',
      '210 c1 sales SIP/1 COMPLETEAGENT 9 110 1',
      '230 c3 sales SIP/1 COMPLETEAGENT 9 30 1',
      REMOVE,
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 1000, available: 870, engaged: 130, accepted: 2, presented: 2 }],
  },
  {
    name: 'a call whose beginning is missing has the duration that the log states',
    lines: [ADD, '160 c1 sales SIP/1 COMPLETECALLER 20 60 1', REMOVE],
    sessions: [{ ...NORMAL, login: 0, logout: 1000, available: 940, engaged: 60, accepted: 1, presented: 1 }],
  },
  {
    name: 'transfers end the call, under whatever id',
    lines: [
      ADD,
      '100 c1 sales SIP/1 CONNECT 9 c2 0',
      '130 c1 sales SIP/1 BLINDTRANSFER 88 ctx 9 30 1',
      '200 c3 sales SIP/1 CONNECT 9 c4 0',
      '220 c5 sales SIP/1 ATTENDEDTRANSFER BRIDGE b 9 20 1',
      '300 c6 sales SIP/1 CONNECT 9 c7 0',
      '340 c6 sales SIP/1 TRANSFER 88 ctx 9 40',
      REMOVE,
    ],
    sessions: [
      {
        ...NORMAL,
        login: 0,
        logout: 1000,
        available: 910,
        engaged: 90,
        accepted: 3,
        presented: 3,
        transfers: 3,
      },
    ],
  },
  {
    name: 'a call that comes back by a transfer counts once',
    lines: [
      ADD,
      '100 c1 sales SIP/1 CONNECT 9 c2 0',
      '130 c1 sales SIP/1 BLINDTRANSFER 88 ctx 9 30 1',
      '200 c1 tech SIP/1 CONNECT 9 c4 5',
      '220 c1 tech SIP/1 COMPLETECALLER 9 20 1',
      REMOVE,
    ],
    sessions: [
      {
        ...NORMAL,
        login: 0,
        logout: 1000,
        available: 945,
        ring: 5,
        engaged: 50,
        accepted: 1,
        presented: 1,
        transfers: 1,
      },
    ],
  },
  {
    name: 'a call may outlast the membership; the session does not',
    lines: [
      ADD,
      '900 c1 sales SIP/1 CONNECT 9 c2 0',
      REMOVE,
      '1001 NONE NONE SIP/1 UNPAUSEALL',
      '1100 c1 sales SIP/1 COMPLETEAGENT 9 200 1',
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 1000, available: 900, engaged: 100, accepted: 1, presented: 1 }],
  },
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
  {
    name: 'a ring, a cancelled ring and a talk begin a session before the line that reports them',
    lines: [
      '10 c1 sales SIP/1 RINGCANCELED 10000',
      '60000 c2 sales SIP/2 COMPLETECALLER 5 40 1',
      '120000 d1 NONE SIP/3 OUTNOANSWER 555 20 0',
      '180000 d2 sales SIP/4 OUTCALL ANSWER 30 50',
      '240000 c3 sales SIP/5 BLINDTRANSFER 88 ctx 5 25 1',
    ],
    sessions: [
      { end: 'STALE', login: 0, logout: 10, ring: 10, presented: 1 },
      { end: 'STALE', login: 59_960, logout: 60_000, engaged: 40, accepted: 1, presented: 1 },
      { end: 'STALE', login: 119_980, logout: 120_000, ring: 20, manual_no_connects: 1 },
      { end: 'STALE', login: 179_950, logout: 180_000, ring: 20, engaged: 30, accepted: 1, presented: 1 },
      {
        end: 'STALE',
        login: 239_975,
        logout: 240_000,
        engaged: 25,
        accepted: 1,
        presented: 1,
        transfers: 1,
      },
    ],
  },
  {
    name: 'a ring that began before the logout belongs to the ended session',
    lines: [ADD, REMOVE, '1005 c1 sales SIP/1 RINGNOANSWER 15000'],
    sessions: [{ ...NORMAL, login: 0, logout: 1000, available: 990, ring: 10, ring_no_answers: 1, presented: 1 }],
  },
  {
    name: 'logged off for a call that was not answered, in one second',
    lines: [
      '0 l NONE Agent/1 AGENTCALLBACKLOGIN 1@a',
      '300 c1 sales Agent/1 RINGNOANSWER 20000',
      '300 NONE NONE Agent/1 AGENTCALLBACKLOGOFF 1@a 300 Autologoff',
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 300, available: 280, ring: 20, ring_no_answers: 1, presented: 1 }],
  },
  {
    name: 'calls of one second each stay together',
    lines: [
      ADD,
      '100 c1 sales SIP/1 CONNECT 9 x 3',
      '100 c1 sales SIP/1 COMPLETEAGENT 9 0 1',
      '100 c2 sales SIP/1 CONNECT 9 x 0',
      '100 c2 sales SIP/1 TRANSFER 88 ctx 9 1',
      '100 c0 sales SIP/1 CONNECT 9 x 0',
      '150 c0 sales SIP/1 COMPLETECALLER 9 50 1',
      REMOVE,
    ],
    sessions: [
      {
        ...NORMAL,
        login: 0,
        logout: 1000,
        available: 947,
        ring: 3,
        engaged: 50,
        accepted: 3,
        presented: 3,
        transfers: 1,
      },
    ],
  },
  {
    name: 'a call that ends as the next one is answered, whatever the ids',
    lines: [
      ADD,
      '100 z sales SIP/1 CONNECT 9 x 0',
      '150 z sales SIP/1 COMPLETEAGENT 9 50 1',
      '150 a sales SIP/1 CONNECT 9 x 0',
      '250 a sales SIP/1 COMPLETECALLER 9 100 1',
      REMOVE,
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 1000, available: 850, engaged: 150, accepted: 2, presented: 2 }],
  },
  {
    name: 'a dialled call that is answered and over within a second, and one that does not connect',
    lines: [
      ADD,
      '100 d1 NONE SIP/1 OUTDIAL 5551',
      '100 d1 NONE SIP/1 OUTANSWER 5551 ANSWER 0 0',
      '200 d2 NONE SIP/1 OUTDIAL 5552',
      '200 d2 NONE SIP/1 OUTBUSY 5552 BUSY 0 0',
      '300 d3 NONE SIP/1 OUTDIAL 5553',
      '300 d3 NONE SIP/1 OUTANSWER 5553',
      '300 d3 NONE SIP/1 COMPLETEAGENT 0 0 1',
      REMOVE,
    ],
    sessions: [
      {
        ...NORMAL,
        login: 0,
        logout: 1000,
        available: 1000,
        accepted: 2,
        presented: 2,
        manual_no_connects: 1,
      },
    ],
  },
  {
    name: 'a hold, one whose beginning is missing, and one that never ends',
    lines: [
      ADD,
      '100 c1 sales SIP/1 CONNECT 9 x 0',
      '110 c1 sales SIP/1 CALLERONHOLD PARK',
      '130 c1 sales SIP/1 CALLEROFFHOLD 20 PARK',
      '200 c1 sales SIP/1 COMPLETEAGENT 9 100 1',
      '300 c2 sales SIP/1 CONNECT 9 x 0',
      '350 c2 sales SIP/1 CALLEROFFHOLD 30',
      '360 c2 sales SIP/1 CALLERONHOLD default',
      '400 c2 sales SIP/1 COMPLETEAGENT 9 100 1',
      REMOVE,
    ],
    sessions: [
      {
        ...NORMAL,
        login: 0,
        logout: 1000,
        available: 800,
        engaged: 200,
        hold: 90,
        holds: 2,
        accepted: 2,
        presented: 2,
      },
    ],
  },
  {
    name: 'holds within a second: one begins as another ends, and one of zero seconds',
    lines: [
      ADD,
      '100 c1 sales SIP/1 CONNECT 9 x 0',
      '110 c1 sales SIP/1 CALLERONHOLD',
      '130 c1 sales SIP/1 CALLEROFFHOLD 20',
      '130 c1 sales SIP/1 CALLERONHOLD',
      '140 c1 sales SIP/1 CALLEROFFHOLD 10',
      '150 c1 sales SIP/1 CALLERONHOLD',
      '150 c1 sales SIP/1 CALLEROFFHOLD 0',
      '200 c1 sales SIP/1 COMPLETEAGENT 9 100 1',
      REMOVE,
    ],
    sessions: [
      {
        ...NORMAL,
        login: 0,
        logout: 1000,
        available: 900,
        engaged: 100,
        hold: 30,
        holds: 1,
        accepted: 1,
        presented: 1,
      },
    ],
  },
  {
    name: 'a dialled call on hold during a second dialled call',
    lines: [
      ADD,
      '100 d1 NONE SIP/1 OUTDIAL 5551',
      '150 d1 NONE SIP/1 CALLERONHOLD',
      '152 d2 NONE SIP/1 OUTDIAL 5552',
      '190 d2 NONE SIP/1 OUTANSWER 5552 ANSWER 8 30',
      '192 d1 NONE SIP/1 CALLEROFFHOLD 42',
      '300 d1 NONE SIP/1 OUTANSWER 5551 ANSWER 5 195',
      REMOVE,
    ],
    sessions: [
      {
        ...NORMAL,
        login: 0,
        logout: 1000,
        available: 800,
        ring: 5,
        engaged: 195,
        hold: 42,
        holds: 1,
        accepted: 2,
        presented: 2,
      },
    ],
  },
  {
    name: 'the end of a dialled call is missing: the next call ends it, and so does an hour',
    lines: [
      ADD,
      '100 d1 NONE SIP/1 OUTDIAL 5551',
      '160 c1 sales SIP/1 CONNECT 9 x 10',
      '200 c1 sales SIP/1 COMPLETEAGENT 9 40 1',
      '300 d2 NONE SIP/1 OUTDIAL 5552',
      '4000 NONE sales SIP/1 PAUSE lunch',
      '4100 NONE sales SIP/1 UNPAUSE',
      '5000 NONE sales SIP/1 REMOVEMEMBER',
    ],
    sessions: [
      {
        ...NORMAL,
        login: 0,
        logout: 5000,
        available: 1100,
        ring: 3760,
        engaged: 40,
        lunch: 100,
        accepted: 1,
        presented: 1,
        manual_no_connects: 2,
      },
    ],
  },
  {
    name: 'a caller who hangs up while the agent is rung, and one who leaves the call',
    lines: [
      ADD,
      '50 c1 sales SIP/1 ABANDON 1 1 25',
      '100 c2 sales SIP/1 CONNECT 9 x 0',
      '100 c2 sales SIP/1 ABANDON 1 1 9',
      '200 c3 sales SIP/1 WITHDRAW 1 1 9 moved',
      REMOVE,
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 1000, available: 1000, accepted: 1, presented: 3 }],
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
    name: 'a reason after the pause, another one, and one without a pause',
    lines: [
      ADD,
      '90 NONE NONE SIP/1 PAUSEREASON Lunch',
      '100 NONE NONE SIP/1 PAUSEALL',
      '110 NONE NONE SIP/1 PAUSEREASON Lunch',
      '200 NONE NONE SIP/1 PAUSEREASON Training',
      '300 NONE NONE SIP/1 UNPAUSEALL',
      REMOVE,
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 1000, available: 800, away: 10, lunch: 90, training: 100 }],
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
  {
    name: 'manually dialled calls, logged at the end with their durations',
    lines: [
      ADD,
      '100 d1 NONE SIP/1 OUTDIAL 5551',
      '170 d1 NONE SIP/1 OUTANSWER 5551 ANSWER 10 60',
      '200 d2 NONE SIP/1 OUTDIAL 5552',
      '215 d2 NONE SIP/1 OUTCANCEL 5552 CANCEL 15 0',
      '300 d3 NONE SIP/1 OUTDIAL 5553',
      '301 d3 NONE SIP/1 OUTCONGESTION 5553',
      REMOVE,
    ],
    sessions: [
      {
        ...NORMAL,
        login: 0,
        logout: 1000,
        available: 914,
        ring: 26,
        engaged: 60,
        accepted: 1,
        presented: 1,
        manual_no_connects: 2,
      },
    ],
  },
  {
    name: 'manually dialled calls, only the result logged',
    lines: [
      ADD,
      '170 d1 NONE SIP/1 OUTANSWER 5551 ANSWER 10 60',
      '215 d2 NONE SIP/1 OUTCHANUNAVAIL 5552 CHANUNAVAIL 15 0',
      REMOVE,
    ],
    sessions: [
      {
        ...NORMAL,
        login: 0,
        logout: 1000,
        available: 915,
        ring: 25,
        engaged: 60,
        accepted: 1,
        presented: 1,
        manual_no_connects: 1,
      },
    ],
  },
  {
    name: 'manually dialled calls, logged at the answer and at the end',
    lines: [
      ADD,
      '100 d1 NONE SIP/1 OUTDIAL 5551',
      '110 d1 NONE SIP/1 OUTANSWER 5551',
      '150 d1 NONE SIP/1 COMPLETEAGENT 10 40 1',
      REMOVE,
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 1000, available: 950, ring: 10, engaged: 40, accepted: 1, presented: 1 }],
  },
  {
    name: 'a number dialled during a call',
    lines: [
      ADD,
      '100 c1 sales SIP/1 CONNECT 9 c2 0',
      '120 d1 NONE SIP/1 OUTDIAL 5551',
      '140 d1 NONE SIP/1 OUTANSWER 5551 ANSWER 5 15',
      '200 c1 sales SIP/1 COMPLETEAGENT 9 100 1',
      REMOVE,
    ],
    sessions: [{ ...NORMAL, login: 0, logout: 1000, available: 900, engaged: 100, accepted: 2, presented: 2 }],
  },
];

describe('asterisk: lines to sessions', () => {
  for (const { name, lines, sessions } of CASES) {
    it(name, () => {
      const expected = sessions.toSorted((a, b) => a.login - b.login);
      assert.deepEqual(figuresOfLines(lines), expected);
      assert.deepEqual(figuresOfLines([...lines, ...lines].toReversed()), expected);
    });
  }

  it('labels pauses with their reason, and a forced logoff with its cause', () => {
    const events = eventsOfLines([
      '0 l NONE Agent/1 AGENTCALLBACKLOGIN 1001@agents',
      '10 NONE sales Agent/1 PAUSE Team_talk',
      '20 NONE NONE Agent/1 AGENTCALLBACKLOGOFF 1001@agents 20 Chanunavail',
    ]);
    assert.deepEqual(
      events.map(({ kind, baseState, stateLabel, phone }) => [kind, baseState, stateLabel, phone]),
      [
        ['LOGIN', 'AVAILABLE', '', '1001@agents'],
        ['STATE', 'AWAY', 'Team talk', ''],
        ['LOGOUT', '', 'Chanunavail', ''],
      ],
    );
  });

  it('prefers the account’s own mapping of states', () => {
    const lines = [ADD, '100 NONE sales SIP/1 PAUSE Lunch', '150 NONE sales SIP/1 PAUSE _QA_', REMOVE];
    const statesOf = () => new Map([['lunch', 'ON_BREAK'] as const, ['qa', 'WORKING'] as const]);
    const [session] = figuresOfLines(lines, { statesOf });
    assert.partialDeepStrictEqual(session, { available: 100, break: 50, wrap: 850 });
  });

  it('names the queue and direction of calls', () => {
    const events = eventsOfLines([ADD, '9 c1 sales SIP/1 CONNECT 9 c2 4', '20 d1 NONE SIP/1 OUTDIAL 5551']);
    assert.deepEqual(
      events.map(({ kind, callId, callDirection, queueId }) => [kind, callId, callDirection, queueId]),
      [
        ['LOGIN', '', '', ''],
        ['OFFER', 'c1', 'INBOUND', 'sales'],
        ['ANSWER', 'c1', 'INBOUND', 'sales'],
        ['MANUAL_DIAL', 'd1', 'OUTBOUND', ''],
      ],
    );
  });
});
