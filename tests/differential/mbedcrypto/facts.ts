/** What a scene has made so far, as far as the comparison has to know it. */
import type { KeyAttributes } from '../../../psa-api/attributes.ts';
import * as psa from '../../../psa-api/constants.ts';
import { functionByName } from '../../../psa-api/functions.ts';
import { attributesIn, type Line, lengthOf, numbersOf } from './script.ts';

export interface KeyFacts extends KeyAttributes {
  readonly destroyed: boolean;
  readonly copied: boolean;
}

export interface OperationFacts {
  /** The call that made it active; 'failed' or 'overwritten' where a failure since then has ended it. */
  readonly setup: string;
  readonly alg: number;
  readonly key: KeyFacts | undefined;
  /** Calls on it that both libraries answered with success, with their first number. */
  readonly calls: readonly string[];
}

const isOperation = (operand: string): boolean => /^\$[hmcd]\d/.test(operand);
const name = (operand: string): string => operand.replace(/[:/^].*/, '');

/** Registers and identifiers that a line takes something from. */
export const reads = (line: Line): string[] => {
  const id = attributesIn(line)?.id ?? 0;
  const named = line.operands.filter((o) => o.startsWith('$') || o.startsWith('@')).map(name);
  return id === 0 ? named : [...named, `@${id}`];
};

/** Registers that a line puts something into, operations among them. */
export const writes = (line: Line): string[] => [
  ...line.operands.filter(isOperation),
  ...line.operands.flatMap((o) => /^(?:>|\[\d+\])(\$\w+)/.exec(o)?.[1] ?? []),
];

const isRandomSignature = (alg: number): boolean =>
  psa.PSA_ALG_IS_RSA_PSS(alg) || (psa.PSA_ALG_IS_ECDSA(alg) && !psa.PSA_ALG_IS_DETERMINISTIC_ECDSA(alg));

const NEW = { alg: 0, key: undefined, keyName: '', calls: [] } as const;

export class Facts {
  initialized = false;
  readonly #keys = new Map<string, KeyFacts>();
  readonly #operations = new Map<string, OperationFacts & { readonly keyName: string }>();
  /** Registers with content that no two runs share. */
  readonly #random = new Set<string>();

  key(line: Line): KeyFacts | undefined {
    const operand = line.operands.find((o) => o.startsWith('$k'));
    return operand === undefined ? undefined : this.#keys.get(operand);
  }

  /** The operation that a line is about: the source where there are two. */
  operation(line: Line): OperationFacts | undefined {
    return this.#facts(line.operands.find(isOperation));
  }

  /** The second operation of a line, which a clone goes to. */
  target(line: Line): OperationFacts | undefined {
    return this.#facts(line.operands.filter(isOperation)[1]);
  }

  #facts(register = ''): OperationFacts | undefined {
    const operation = this.#operations.get(register);
    return operation === undefined ? undefined : { ...operation, key: this.#keys.get(operation.keyName) };
  }

  /** Whether what a line gives is no two runs' the same. */
  isRandom(line: Line): boolean {
    const [number = 0] = numbersOf(line);
    switch (line.name) {
      case 'psa_generate_random':
      case 'psa_generate_key':
      case 'psa_cipher_generate_iv':
      case 'psa_asymmetric_encrypt':
        return true;
      case 'psa_cipher_encrypt':
        return number !== psa.PSA_ALG_ECB_NO_PADDING || this.#readsRandom(line);
      case 'psa_sign_hash':
      case 'psa_sign_message':
        return isRandomSignature(number) || this.#readsRandom(line);
      case 'psa_cipher_decrypt':
      case 'psa_aead_decrypt':
      case 'psa_asymmetric_decrypt': {
        // What was encrypted with random parts is whole again.
        const input = line.operands.some((o) => o.startsWith('$b') && this.#random.has(name(o)));
        return !input && this.#readsRandom(line);
      }
      case 'psa_cipher_update':
      case 'psa_cipher_finish':
        return this.#readsRandom(line) && this.operation(line)?.setup !== 'psa_cipher_decrypt_setup';
      default:
        return this.#readsRandom(line);
    }
  }

  #readsRandom(line: Line): boolean {
    return reads(line).some((register) => this.#random.has(register));
  }

  /** A call that both answered with success. */
  note(line: Line): void {
    if (line.name === 'psa_crypto_init') this.initialized = true;
    const random = this.isRandom(line);
    const attributes = attributesIn(line);
    for (const register of writes(line)) {
      if (random) this.#random.add(register);
      else if (!isOperation(register)) this.#random.delete(register);
      if (register.startsWith('$k') && attributes !== undefined) this.#noteKey(line, register, attributes);
    }
    if (line.name === 'psa_destroy_key') {
      const register = line.operands[0] ?? '';
      const key = this.#keys.get(register);
      if (key !== undefined) this.#keys.set(register, { ...key, destroyed: true });
    }
    this.#noteOperation(line);
  }

  #noteKey(line: Line, register: string, attributes: KeyAttributes): void {
    const source = line.name === 'psa_copy_key' ? this.key(line) : undefined;
    const data = line.operands.map(lengthOf).find((length) => length !== undefined) ?? 0;
    const bits = attributes.bits || (source?.bits ?? data * 8);
    const type = attributes.type || (source?.type ?? 0);
    const copied = line.name === 'psa_copy_key';
    this.#keys.set(register, { ...attributes, type, bits, copied, destroyed: false });
  }

  #noteOperation(line: Line): void {
    const [first, second] = line.operands.filter(isOperation);
    if (first === undefined) return;
    const [number = 0] = numbersOf(line);
    const before = this.#operations.get(first);
    if (line.name.endsWith('_setup')) {
      const keyName = line.operands.find((o) => o.startsWith('$k')) ?? '';
      this.#operations.set(first, { ...NEW, setup: line.name, alg: number, keyName });
      if (!this.#readsRandom(line)) this.#random.delete(first);
    } else if (line.name.endsWith('_abort') || /_(finish|verify)$/.test(line.name)) {
      this.#operations.delete(first);
      this.#random.delete(first);
    } else if (second !== undefined && before !== undefined) this.#operations.set(second, before);
    else if (before !== undefined)
      this.#operations.set(first, { ...before, calls: [...before.calls, `${line.name} ${number}`] });
  }

  /** A call on an operation that both refused: it ends, unless its row in the function table says otherwise. */
  refused(line: Line, status: number): void {
    const [first, second] = line.operands.filter(isOperation);
    if (first === undefined) return;
    const { survives = [] } = functionByName(line.name) ?? {};
    if (survives.some((name) => psa.STATUSES[name] === status)) return;
    const ended = second ?? first;
    const overwrites = second !== undefined || line.name === 'psa_key_derivation_setup';
    const before = this.#operations.get(ended);
    if (before === undefined) return;
    this.#operations.set(ended, { ...before, setup: overwrites ? 'overwritten' : 'failed' });
  }
}
