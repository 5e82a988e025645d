// Encodes columns, filled value by value, as a block in the engine's Native format, which it reads without parsing
// (docs/decisions/018-own-encoders.md).
import type { Block } from './engine.ts';

/**
 * A block of the columns that have a value, valid until a column changes. The engine casts the columns' types to the table's.
 * The format: https://clickhouse.com/docs/interfaces/formats/Native
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
  /** The bytes of that many rows. */
  of: (rows: number) => Uint8Array[];
}

/** Texts, empty in rows that are skipped; for every type that the engine casts a text to. */
export class TextColumn implements Column {
  readonly name: string;
  readonly type = 'String';
  private readonly bytes = new Bytes();
  /** Rows written so far. */
  private rows = 0;

  constructor(name: string) {
    this.name = name;
  }

  get isEmpty(): boolean {
    return this.rows === 0;
  }

  /** @param row from 0; rows are set in ascending order */
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
 * Texts that repeat within a block, such as names and states: each is written once, and cast once by the engine. Empty in rows that
 * are skipped.
 */
export class WordColumn implements Column {
  readonly name: string;
  readonly type = 'LowCardinality(String)';
  /** By row, the index of its word in the dictionary; zero is the empty text, with which every dictionary begins. */
  private indexes = new Uint32Array(FIRST_ROWS);
  private readonly dictionary = new Map<string, number>();
  private last = '';
  private lastIndex = 0;

  constructor(name: string) {
    this.name = name;
  }

  get isEmpty(): boolean {
    return this.dictionary.size === 0;
  }

  set(row: number, word: string): void {
    if (word === '') return;
    if (row >= this.indexes.length) this.grow(row + 1);
    if (word !== this.last) {
      this.last = word;
      this.lastIndex = this.indexOf(word);
    }
    this.indexes[row] = this.lastIndex;
  }

  of(rows: number): Uint8Array[] {
    if (rows > this.indexes.length) this.grow(rows);
    const head = new Bytes();
    head.int64(SHARED_DICTIONARIES_WITH_ADDITIONAL_KEYS);
    head.int64(UINT32_KEYS | HAS_ADDITIONAL_KEYS | NEED_UPDATE_DICTIONARY);
    head.int64(this.dictionary.size + 1);
    head.text('');
    for (const word of this.dictionary.keys()) head.text(word);
    head.int64(rows);
    const indexes = new Uint8Array(this.indexes.buffer, 0, rows * Uint32Array.BYTES_PER_ELEMENT);
    return [head.used(), indexes];
  }

  clear(): void {
    this.indexes.fill(0);
    this.dictionary.clear();
    this.last = '';
    this.lastIndex = 0;
  }

  private indexOf(word: string): number {
    let index = this.dictionary.get(word);
    if (index === undefined) {
      index = this.dictionary.size + 1;
      this.dictionary.set(word, index);
    }
    return index;
  }

  private grow(rows: number): void {
    const larger = new Uint32Array(2 * rows);
    larger.set(this.indexes);
    this.indexes = larger;
  }
}

const FIRST_ROWS = 64;

/** The serialization of a dictionary: https://github.com/ClickHouse/ClickHouse, `SerializationLowCardinality`. */
const SHARED_DICTIONARIES_WITH_ADDITIONAL_KEYS = 1;
const UINT32_KEYS = 2;
const HAS_ADDITIONAL_KEYS = 1 << 9;
const NEED_UPDATE_DICTIONARY = 1 << 10;

/** Values of a fixed size, one for each row. */
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

/** A growing buffer that is reused: allocating memory costs more than filling it. */
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

  /** @param value an integer below 2^53 */
  int64(value: number): void {
    this.reserve(8);
    const high = Math.floor(value / 2 ** 32);
    this.bytes.writeUInt32LE(value - high * 2 ** 32, this.length);
    this.bytes.writeInt32LE(high, this.length + 4);
    this.length += 8;
  }

  /** LEB128: 7 bits in each byte, the lowest first. */
  varint(value: number): void {
    this.reserve(5);
    let rest = value;
    for (; rest >= 0x80; rest >>>= 7) this.bytes[this.length++] = (rest & 0x7f) | 0x80;
    this.bytes[this.length++] = rest;
  }

  /** UTF-8 after its length in bytes, which is first assumed to be the number of characters, as it is for most texts. */
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
