// Columns, filled value by value, into a block in the engine's Native form: it takes their bytes as they are and parses nothing.
import type { Block } from './engine.ts';

/**
 * So many rows of the columns that have a value. Their types are those of the table, or others that the engine turns into them.
 * The block is good until its columns change. Its form: https://clickhouse.com/docs/interfaces/formats/Native
 */
export function nativeBlock(rows: number, columns: readonly Column[]): Block {
  const filled = columns.filter(({ isEmpty }) => !isEmpty);
  const head = new Bytes();
  head.varint(filled.length);
  head.varint(rows);
  const bytes = filled.flatMap(column => {
    const title = new Bytes();
    title.text(column.name);
    title.text(column.type);
    return [title.used(), ...column.of(rows)];
  });
  return { format: 'Native', columns: filled.map(({ name }) => name), bytes: [head.used(), ...bytes] };
}

export interface Column {
  name: string;
  type: string;
  /** Whether no row has a value. */
  isEmpty: boolean;
  /** The bytes of so many rows. */
  of: (rows: number) => Uint8Array[];
}

/** Texts; those of rows that are left out are empty. For every type that a text can be turned into. */
export class TextColumn implements Column {
  readonly name: string;
  readonly type = 'String';
  private readonly bytes = new Bytes();
  /** Rows that have their text. */
  private rows = 0;

  constructor(name: string) {
    this.name = name;
  }

  get isEmpty(): boolean {
    return this.rows === 0;
  }

  /** The text of a row, from 0, that comes after all that have one. */
  set(row: number, text: string): void {
    if (text === '') return;
    if (row > this.rows) this.bytes.zeros(row - this.rows);
    this.bytes.text(text);
    this.rows = row + 1;
  }

  of(rows: number): Uint8Array[] {
    this.bytes.zeros(rows - this.rows);
    this.rows = rows;
    return [this.bytes.used()];
  }

  clear(): void {
    this.bytes.clear();
    this.rows = 0;
  }
}

/**
 * Texts that come many times in a block, such as names and states: each is written once. For every type that a text can be
 * turned into; the engine turns each once, too. Rows that are left out are empty.
 */
export class WordColumn implements Column {
  readonly name: string;
  readonly type = 'LowCardinality(String)';
  /** Numbers of words by row; zero is the empty one, which is the first of every dictionary. */
  private numbers = new Uint32Array(FIRST_ROWS);
  private readonly known = new Map<string, number>();
  private last = '';
  private lastNumber = 0;

  constructor(name: string) {
    this.name = name;
  }

  get isEmpty(): boolean {
    return this.known.size === 0;
  }

  set(row: number, word: string): void {
    if (word === '') return;
    if (row >= this.numbers.length) this.grow(row + 1);
    if (word !== this.last) {
      this.last = word;
      this.lastNumber = this.numberOf(word);
    }
    this.numbers[row] = this.lastNumber;
  }

  of(rows: number): Uint8Array[] {
    if (rows > this.numbers.length) this.grow(rows);
    const head = new Bytes();
    head.int64(SHARED_DICTIONARIES_WITH_ADDITIONAL_KEYS);
    head.int64(UINT32_KEYS | HAS_ADDITIONAL_KEYS | NEED_UPDATE_DICTIONARY);
    head.int64(this.known.size + 1);
    head.text('');
    for (const word of this.known.keys()) head.text(word);
    head.int64(rows);
    const numbers = new Uint8Array(this.numbers.buffer, 0, rows * Uint32Array.BYTES_PER_ELEMENT);
    return [head.used(), numbers];
  }

  clear(): void {
    this.numbers.fill(0);
    this.known.clear();
    this.last = '';
    this.lastNumber = 0;
  }

  private numberOf(word: string): number {
    let number = this.known.get(word);
    if (number === undefined) {
      number = this.known.size + 1;
      this.known.set(word, number);
    }
    return number;
  }

  private grow(rows: number): void {
    const larger = new Uint32Array(2 * rows);
    larger.set(this.numbers);
    this.numbers = larger;
  }
}

const FIRST_ROWS = 64;

/** How a column of words is written: https://github.com/ClickHouse/ClickHouse, `SerializationLowCardinality`. */
const SHARED_DICTIONARIES_WITH_ADDITIONAL_KEYS = 1;
const UINT32_KEYS = 2;
const HAS_ADDITIONAL_KEYS = 1 << 9;
const NEED_UPDATE_DICTIONARY = 1 << 10;

/** Values of a fixed size, one of each row. */
abstract class FixedColumn implements Column {
  readonly name: string;
  abstract readonly type: string;
  protected readonly bytes = new Bytes();

  constructor(name: string) {
    this.name = name;
  }

  get isEmpty(): boolean {
    return this.bytes.used().length === 0;
  }

  of(): Uint8Array[] {
    return [this.bytes.used()];
  }

  clear(): void {
    this.bytes.clear();
  }
}

/** Numbers of 0 to 255. */
export class ByteColumn extends FixedColumn {
  readonly type = 'UInt8';

  add(value: number): void {
    this.bytes.byte(value);
  }
}

/** Instants in UTC milliseconds since 1970. */
export class InstantColumn extends FixedColumn {
  readonly type = "DateTime64(3, 'UTC')";

  add(ms: number): void {
    this.bytes.int64(ms);
  }
}

const FIRST_BYTES = 1024;

/** Bytes that grow, and whose memory is used again: fresh memory costs more than what is done with it. */
class Bytes {
  private bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  private length = 0;

  used(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  zeros(count: number): void {
    this.reserve(count);
    this.bytes.fill(0, this.length, this.length + count);
    this.length += count;
  }

  /** @param value a whole number, exact as JavaScript's are below 2^53 */
  int64(value: number): void {
    this.reserve(8);
    const high = Math.floor(value / 2 ** 32);
    this.bytes.writeUInt32LE(value - high * 2 ** 32, this.length);
    this.bytes.writeInt32LE(high, this.length + 4);
    this.length += 8;
  }

  /** In 7 bits a byte, the lowest first. */
  varint(value: number): void {
    this.reserve(5);
    let rest = value;
    for (; rest >= 0x80; rest >>>= 7) this.bytes[this.length++] = (rest & 0x7f) | 0x80;
    this.bytes[this.length++] = rest;
  }

  /** With its length before it: most texts have as many bytes as letters, which is seen when they are written. */
  text(text: string): void {
    const begin = this.length;
    this.reserve(5 + 3 * text.length);
    this.varint(text.length);
    let size = this.bytes.write(text, this.length);
    if (size !== text.length) {
      this.length = begin;
      this.varint(size);
      size = this.bytes.write(text, this.length);
    }
    this.length += size;
  }

  private reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * needed);
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
