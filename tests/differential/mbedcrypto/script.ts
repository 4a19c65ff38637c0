/**
 * Scripts for driver.c: one call a line, the function's name and then its operands in the order of the prototype.
 *
 *   $k1 $b1 $h1 $m1 $c1 $d1   registers: a key, bytes, an operation (hash, MAC, cipher, derivation)
 *   @7                        a key identifier by value
 *   =0a0b                     bytes; $b1:5 is the start of a register, $b1/5 its rest, $b1^5 with a changed bit
 *   [32] [32]$b1              room for an output, and where the output is kept
 *   {type,bits,lifetime,id,usage,alg}
 *   >$k1                      where a new key goes
 *   16 0x10 max               numbers; max is SIZE_MAX
 */
import { type KeyAttributes, keyAttributes } from '../../../psa-api/attributes.ts';
import { hex } from '../../support/bytes.ts';
import type { Generator } from '../../support/generator.ts';

export type Operand = string | number;

export interface Line {
  readonly name: string;
  readonly operands: readonly string[];
}

export const parseLine = (text: string): Line => {
  const [name = '', ...operands] = text.split(' ');
  return { name, operands };
};

/** Numbers among the operands: algorithms, steps, capacities. */
export const numbersOf = ({ operands }: Line): number[] =>
  operands.filter((o) => /^(\d|max)/.test(o)).map((o) => (o === 'max' ? 0xffffffff : Number(o)));

export const bytesOperand = (data: Uint8Array): string => `=${hex(data)}`;
export const room = (size: number, register = ''): string => `[${size}]${register}`;

const FIELDS = ['type', 'bits', 'lifetime', 'id', 'usage', 'alg'] as const;

export type Wanted = Partial<Record<(typeof FIELDS)[number], number>>;

export const attributesOperand = (wanted: Wanted): string =>
  `{${FIELDS.map((field) => `0x${(wanted[field] ?? 0).toString(16)}`).join(',')}}`;

/** The attributes in a line, after the setters. */
export const attributesIn = ({ operands }: Line): KeyAttributes | undefined => {
  const operand = operands.find((o) => o.startsWith('{'));
  if (operand === undefined) return undefined;
  const values = operand.slice(1, -1).split(',').map(Number);
  return keyAttributes(Object.fromEntries(FIELDS.map((field, i) => [field, values[i] ?? 0])));
};

/** How many bytes an operand has; undefined for a register. */
export const lengthOf = (operand: string): number | undefined =>
  operand.startsWith('=') ? (operand.length - 1) / 2 : undefined;

const REGISTERS = 32;

/** Lines that belong together: they start with nothing and leave nothing. */
export class Scene {
  readonly lines: string[] = [];
  readonly random: Generator;
  readonly #next = { k: 0, b: 0, h: 0, m: 0, c: 0, d: 0 };

  constructor(random: Generator) {
    this.random = random;
  }

  register(kind: 'k' | 'b' | 'h' | 'm' | 'c' | 'd'): string {
    const n = this.#next[kind]++;
    // Bytes go round: what is kept is used soon. Keys must not, since identifiers would be lost.
    if (n >= REGISTERS && kind !== 'b') throw new RangeError(`more than ${REGISTERS} registers $${kind}`);
    return `$${kind}${n % REGISTERS}`;
  }

  call(name: string, ...operands: readonly (Operand | Uint8Array)[]): void {
    const written = operands.map((o) => {
      if (typeof o === 'number') return o > 9 ? `0x${o.toString(16)}` : String(o);
      return typeof o === 'string' ? o : bytesOperand(o);
    });
    this.lines.push([name, ...written].join(' '));
  }

  chance(percent: number): boolean {
    return this.random.below(100) < percent;
  }

  /** Sizes around the needed one, above all itself. */
  size(needed: number): number {
    const { random } = this;
    return random.pick([
      () => needed,
      () => needed,
      () => needed + random.below(40),
      () => Math.max(0, needed - 1),
      () => random.below(needed + 1),
    ])();
  }

  /** Mostly what is right. */
  mostly<T>(right: T, percent: number, wrong: () => T): T {
    return this.chance(percent) ? right : wrong();
  }
}
