/** What one connection knows - keys, operations, bytes that came back - and calls made of it. */
import type { Inputs, Value } from '../../psa-api/call.ts';
import { type FunctionRow, functionByName, type Param, TABLE } from '../../psa-api/functions.ts';
import { hasInput } from '../../psa-api/parameters.ts';
import type { Elements } from '../../rpc/elements.ts';
import { isBytes, isU32 } from '../../rpc/fields.ts';
import { RECIPES, type Recipe } from './keyring.ts';
import type { Random } from './random.ts';
import { isSlow } from './slow.ts';
import type { Talk } from './talk.ts';
import * as values from './values.ts';

export const CALLS: readonly FunctionRow[] = TABLE.filter(
  // Control would take the device from under what is known of it.
  (row) => !row.local && row.library !== 'framework' && row.library !== 'control',
);

const GROUPS = new Map<string, FunctionRow[]>();
for (const row of CALLS) GROUPS.set(row.group, [...(GROUPS.get(row.group) ?? []), row]);

export const rowOf = (name: string): FunctionRow => {
  const row = functionByName(name);
  if (row === undefined) throw new Error(`no function ${name}`);
  return row;
};

export interface KnownKey {
  readonly id: number;
  readonly type: number;
  readonly bits: number;
  readonly alg: number;
}

/** Byte outputs that are kept for later calls. */
const MEMORY = 24;
const LONGEST_KEPT = 4096;
const BUILT_IN = 0x3ffffffe;

export class Mind {
  readonly talk: Talk;
  readonly random: Random;
  readonly keys: KnownKey[] = [];
  readonly #handles = new Map<string, number[]>();
  readonly #stale: number[] = [];
  readonly #bytes: Uint8Array[] = [];
  calls = 0;

  constructor(talk: Talk, random: Random) {
    this.talk = talk;
    this.random = random;
  }

  get over(): boolean {
    return this.talk.over;
  }

  /** A call with these inputs, or with inputs near them. */
  async call(name: string, inputs: Inputs): Promise<Elements | undefined> {
    const row = rowOf(name);
    return this.#send(row, this.random.once(25) ? this.#disturbed(row, inputs) : inputs);
  }

  /** A call of the table with arguments at the edges. */
  async any(row: FunctionRow = this.random.pick(CALLS)): Promise<Elements | undefined> {
    return this.#send(row, this.inputs(row));
  }

  /** A call of one family: what its operations are used for, in any order. */
  async anyOf(group: string): Promise<Elements | undefined> {
    return this.any(this.random.pick(GROUPS.get(group) ?? CALLS));
  }

  async #send(row: FunctionRow, inputs: Inputs): Promise<Elements | undefined> {
    if (isSlow(row, inputs)) return undefined;
    this.calls++;
    const answer = await this.talk.call(row.id, inputs);
    if (answer !== undefined) this.#learn(row, inputs, answer);
    return answer;
  }

  #disturbed(row: FunctionRow, inputs: Inputs): Inputs {
    const other = this.inputs(row);
    const at = this.random.below(Math.max(inputs.length, 1));
    return inputs.map((value, i) => (i === at ? (other[i] ?? value) : value));
  }

  /** Imports a key for an algorithm that is wanted; undefined where that failed. */
  async key(
    isWanted: (alg: number) => boolean = () => true,
    fits: (recipe: Recipe) => boolean = () => true,
  ): Promise<KnownKey | undefined> {
    const recipe = this.random.pick(RECIPES.filter((r) => fits(r) && r.algorithms.some(isWanted)));
    const { type, bits } = recipe;
    const chosen = this.random.pick(recipe.algorithms.filter(isWanted));
    const attributes = { type, bits, lifetime: 0, usage: values.ALL_USAGE, alg: chosen, id: 0 };
    const answer = await this.call('psa_import_key', [attributes, recipe.data(this.random)]);
    const id = answer?.[2];
    return answer?.[1] === 0 && isU32(id) ? { id, type, bits, alg: chosen } : undefined;
  }

  inputs(row: FunctionRow): Inputs {
    const key = this.keys.length === 0 ? undefined : this.random.pick(this.keys);
    const algorithms = values.OF_GROUP.get(row.group);
    return row.params.filter(hasInput).map((param) => {
      const isNamed = param.kind === 'scalar' && param.c === 'psa_algorithm_t' && !this.random.once(4);
      return isNamed && algorithms !== undefined ? this.random.pick(algorithms) : this.#value(param, key);
    });
  }

  #value(param: Param, key: KnownKey | undefined): Value {
    const { random } = this;
    switch (param.kind) {
      case 'bytes':
        return this.bytes();
      case 'room':
      case 'fill':
        return values.room(random);
      case 'attributes':
        return values.attributes(random);
      case 'cipher-suite':
        return {
          alg: key === undefined || random.once(3) ? values.algorithm(random) : key.alg,
          type: random.once(8) ? random.below(256) : 1,
          family: random.once(8) ? random.below(256) : 0x12,
          bits: random.once(4) ? random.below(65536) : 256,
          keyConfirmation: random.once(8) ? random.u32() : random.below(2),
        };
      case 'custom':
        return { flags: random.once(4) ? random.u32() : 0 };
      case 'operation':
        return this.#handle(param.family, param.role === 'setup');
      default:
        return this.#scalar(param, key);
    }
  }

  #scalar(param: Param, key: KnownKey | undefined): Value {
    const { random } = this;
    if (param.kind !== 'scalar') return 0;
    if (param.type === 'u64') return values.cost(random);
    if (param.c === 'psa_key_id_t') return this.#keyId(key);
    if (param.c === 'psa_algorithm_t') {
      return key === undefined || random.once(3) ? values.algorithm(random) : key.alg;
    }
    if (param.type === 'u16') return values.step(random);
    if (param.type === 'u8') return random.pick([0, 1, 2, 3, 4, 0x11, 0x12, random.below(256)]);
    if (param.name === 'address') return values.address(random);
    return values.edge(random);
  }

  #keyId(key: KnownKey | undefined): number {
    const { random } = this;
    if (key !== undefined && !random.once(5)) return key.id;
    if (random.once(3)) return random.pick(values.PERSISTENT_IDS);
    return random.pick([
      0,
      BUILT_IN,
      0x40000000,
      0x40000000 + random.below(4096),
      random.u32(),
      ...this.#stale,
    ]);
  }

  #handle(family: string, isNew: boolean): number {
    const { random } = this;
    if (isNew && !random.once(8)) return 0;
    const own = this.#handles.get(family) ?? [];
    if (own.length > 0 && !random.once(8)) return random.pick(own);
    const others = [...this.#handles.values()].flat();
    return random.pick([0, random.below(4096), random.u32(), 0xffffffff, ...this.#stale, ...others]);
  }

  bytes(): Uint8Array {
    const { random } = this;
    if (this.#bytes.length === 0 || random.once(2)) return values.bytes(random);
    const known = random.pick(this.#bytes);
    if (!random.once(3) || known.length === 0) return known;
    const changed = known.slice();
    const at = random.below(changed.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
    return random.once(2) ? changed : changed.subarray(0, at);
  }

  #learn(row: FunctionRow, inputs: Inputs, answer: Elements): void {
    const status = answer[1];
    const outputs = answer.slice(2);
    let input = 0;
    let output = 0;
    for (const param of row.params) {
      if (param.kind === 'operation' && param.role !== 'source')
        this.#learnHandle(param.family, inputs[input] as number, outputs[output++] as number);
      else if (param.kind === 'scalar-out' && param.c === 'psa_key_id_t' && status === 0)
        this.#learnKey(row, inputs, outputs[output++]);
      else if (param.kind === 'room' || param.kind === 'fill') this.#learnBytes(outputs[output++]);
      else if (!hasInput(param)) output++;
      if (hasInput(param)) input++;
    }
  }

  #learnHandle(family: string, before: number, after: number): void {
    const own = this.#handles.get(family) ?? [];
    if (before === after) return;
    const kept = own.filter((handle) => handle !== before);
    if (kept.length !== own.length) this.#remember(this.#stale, before);
    this.#handles.set(family, after === 0 ? kept : [...kept, after]);
  }

  #learnKey(row: FunctionRow, inputs: Inputs, id: unknown): void {
    const at = row.params.filter(hasInput).findIndex((param) => param.kind === 'attributes');
    const attributes = inputs[at];
    if (!isU32(id) || typeof attributes !== 'object' || !('lifetime' in attributes)) return;
    const { type, bits, alg } = attributes;
    this.keys.push({ id, type, bits, alg });
    if (this.keys.length > MEMORY) this.#remember(this.#stale, this.keys.shift()?.id ?? 0);
  }

  #learnBytes(value: unknown): void {
    if (isBytes(value) && value.length <= LONGEST_KEPT) this.#remember(this.#bytes, value.slice());
  }

  #remember<T>(list: T[], value: T): void {
    list.push(value);
    if (list.length > MEMORY) list.shift();
  }
}
