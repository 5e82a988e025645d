// Pauses in one queue or all, and their reasons.
import { ADD, checkSessions, NORMAL, REMOVE } from './testing/session-cases.ts';

checkSessions('asterisk sessions: pauses', [
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
]);
