// A Dockerfile as its stages and instructions, as far as deploy/Dockerfile needs it.
import { readFileSync } from 'node:fs';

interface Instruction {
  keyword: string;
  /** What follows the keyword on its line or lines. */
  text: string;
}

interface Stage {
  /** The image that it begins from. */
  from: string;
  instructions: Instruction[];
}

/** The stages in order; comments and line breaks are gone. */
export function readDockerfile(path: string): Stage[] {
  const lines = readFileSync(path, 'utf8')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter(line => line.trim() !== '');
  const stages: Stage[] = [];
  for (const line of lines) {
    const [keyword = '', text = ''] = line.split(/ (.*)/);
    if (keyword === 'FROM') stages.push({ from: text.split(' ')[0]!, instructions: [] });
    else stages.at(-1)!.instructions.push({ keyword, text });
  }
  return stages;
}

export const textsOf = ({ instructions }: Stage, keyword: string): string[] =>
  instructions.filter(instruction => instruction.keyword === keyword).map(({ text }) => text);

/** The words of instructions in JSON form, such as `CMD ["serve"]`. */
export const wordsOf = (stage: Stage, keyword: string): string[] =>
  textsOf(stage, keyword).flatMap(text => JSON.parse(text) as string[]);
