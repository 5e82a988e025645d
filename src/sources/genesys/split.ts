// Cuts answers of the users details query, one or many, in any layout, into one document per user.
import type { TextSplitter } from '../source.ts';
import { valueSplitter } from '../split/split-values.ts';

export function userSplitter(): TextSplitter {
  const values = valueSplitter('userDetails', 'user_details');
  let begun = false;
  return {
    push(text) {
      const isMarked = !begun && text.startsWith('\uFEFF');
      begun ||= text !== '';
      return values.push(isMarked ? text.slice(1) : text);
    },
    end: () => values.end(),
  };
}
