// Colour, letter and name of each base state: colour is never the only sign.

export interface StateLook {
  name: string;
  /** One or two characters, for places too small for the name. */
  letter: string;
  /** For areas: at least 3 : 1 against the page in both themes, and distinct for colour-blind readers (Okabe and Ito). */
  fill: { light: string; dark: string };
  /** For text on the fill, at least 4.5 : 1. */
  text: { light: string; dark: string };
}

const look = (name: string, letter: string, light: string, dark: string): StateLook => ({
  name,
  letter,
  fill: { light, dark },
  text: { light: '#ffffff', dark: '#111214' },
});

const STATE_LOOKS: Readonly<Record<string, StateLook>> = {
  AVAILABLE: look('Available', 'A', '#00735a', '#2bc79b'),
  TRANSITION: look('Ringing or dialling', 'R', '#6a51a3', '#b8a5e3'),
  ENGAGED: look('On a call', 'C', '#0060a0', '#56b4e9'),
  WORKING: look('After-call work', 'W', '#36648b', '#8fb8d8'),
  ON_BREAK: look('Break', 'B', '#8a6200', '#e6b422'),
  AWAY: look('Away', 'Y', '#5f6670', '#a7aeb8'),
  LUNCH: look('Lunch', 'L', '#a04a00', '#f0a35e'),
  TRAINING: look('Training', 'T', '#94357a', '#e29ac8'),
  RNA: look('Missed a call', 'M', '#b3261e', '#ff8a80'),
  AUX_OFFHOOK: look('Away, off hook', 'Y+', '#4d545e', '#b9c0ca'),
  AUX_NO_OFFHOOK: look('Away, on hook', 'Y−', '#5f6670', '#a7aeb8'),
  MONITORING: look('Monitoring', 'O', '#246a73', '#7fc8d1'),
  OFFLINE: look('Offline', 'F', '#6b6f75', '#9aa0a6'),
  UNKNOWN: look('Unknown', '?', '#6b6f75', '#9aa0a6'),
};

/** An unlisted state looks like UNKNOWN, under its own name. */
export function stateLook(baseState: string): StateLook {
  return STATE_LOOKS[baseState] ?? { ...(STATE_LOOKS.UNKNOWN as StateLook), name: baseState };
}
