/** What the rows of the function table are made of: parameters, their constructors, and rows. */

/** Families of multi-part operations; the C type is `psa_<family>_operation_t`. */
export type OperationFamily =
  | 'hash'
  | 'mac'
  | 'cipher'
  | 'aead'
  | 'key_derivation'
  | 'pake'
  | 'sign'
  | 'verify'
  | 'xof';

/**
 * What a function does to the operation object it is given (PSA Crypto 1.3, 3.3.3):
 * `setup` makes an inactive one active; `use` needs it active and leaves it so; `end` makes it inactive
 * when it succeeds; `abort` makes it inactive whatever its state; `source` reads an active one (const).
 * Any failure of `setup`, `use` or `end` ends the operation, but for the statuses of `survives`.
 */
export type OperationRole = 'setup' | 'use' | 'end' | 'abort' | 'source';

/** A parameter as C sees it: how it looks in a prototype, and what of it crosses the wire. */
export type Param =
  /** An integer by value. `size` is a size_t, carried as 32 bits: 0xffffffff stands for SIZE_MAX. */
  | {
      readonly kind: 'scalar';
      readonly name: string;
      readonly type: 'u8' | 'u16' | 'u32' | 'u64' | 'size';
      readonly c: string;
    }
  /** An integer that the function writes. */
  | { readonly kind: 'scalar-out'; readonly name: string; readonly type: 'u32' | 'size'; readonly c: string }
  /** Input bytes: `const uint8_t *name, size_t length`; of storage, `size_t length, const void *name`. */
  | {
      readonly kind: 'bytes';
      readonly name: string;
      readonly length: string;
      readonly ofStorage?: true;
    }
  /**
   * Output of up to `size` bytes: `uint8_t *name, size_t size, size_t *length`; of storage,
   * `size_t size, void *name, size_t *length`.
   */
  | {
      readonly kind: 'room';
      readonly name: string;
      readonly size: string;
      readonly length: string;
      readonly ofStorage?: true;
    }
  /** Output of exactly `size` bytes: `uint8_t *name, size_t size`. */
  | { readonly kind: 'fill'; readonly name: string; readonly size: string }
  | { readonly kind: 'attributes'; readonly name: string }
  | { readonly kind: 'attributes-out'; readonly name: string }
  | { readonly kind: 'cipher-suite'; readonly name: string }
  | { readonly kind: 'custom'; readonly name: string }
  | { readonly kind: 'storage-info-out'; readonly name: string }
  /** Vectors of a psa_call: `const psa_invec *name, size_t length`. */
  | { readonly kind: 'vectors'; readonly name: string; readonly length: string }
  /** Vectors of its answer, each of up to its size: `psa_outvec *name, size_t length`. */
  | { readonly kind: 'vectors-out'; readonly name: string; readonly length: string }
  | {
      readonly kind: 'operation';
      readonly name: string;
      readonly family: OperationFamily;
      readonly role: OperationRole;
    };

/** Of the API that the function belongs to; 'TF-M' where none has it; functions of our own have the version of h5sm. */
export type Version = 'TF-M' | '0.1' | '0.7' | '1.0' | '1.1' | '1.2' | '1.3' | '1.4' | '1.5';

/**
 * The APIs of the Secure Manager's services, of which Crypto alone needs psa_crypto_init; `device`: what firmware does
 * without a service on the board; `framework`: the calls that carry all of them; `tf-m`: functions of the crypto
 * service that its specification does not have; `control`: what a test asks of the emulator.
 */
export type Library =
  | 'crypto'
  | 'its'
  | 'attestation'
  | 'fwu'
  | 'lifecycle'
  | 'device'
  | 'framework'
  | 'tf-m'
  | 'control';

type FunctionName = `psa_${string}` | `h5sm_${string}`;

export interface FunctionRow {
  readonly id: number;
  readonly name: FunctionName;
  readonly library: Library;
  readonly since: Version;
  readonly group: string;
  /** Functions of the client alone: object initializers and accessors. They never cross the wire. */
  readonly local: boolean;
  /** Local, and answers PSA_ERROR_NOT_SUPPORTED: there is nothing behind it. */
  readonly refused: boolean;
  readonly params: readonly Param[];
  /** Failures that leave the operation active, by the clause named beside the row. */
  readonly survives: readonly ('PSA_ERROR_INSUFFICIENT_DATA' | 'PSA_ERROR_INVALID_ARGUMENT')[];
}

export const scalar = (name: string, type: 'u8' | 'u16' | 'u32' | 'u64' | 'size', c: string): Param => ({
  kind: 'scalar',
  name,
  type,
  c,
});
export const key = (name = 'key'): Param => scalar(name, 'u32', 'psa_key_id_t');
export const alg: Param = scalar('alg', 'u32', 'psa_algorithm_t');
export const size = (name: string): Param => scalar(name, 'size', 'size_t');
export const step: Param = scalar('step', 'u16', 'psa_key_derivation_step_t');
export const pakeStep: Param = scalar('step', 'u8', 'psa_pake_step_t');
export const keyOut = (name = 'key'): Param => ({ kind: 'scalar-out', name, type: 'u32', c: 'psa_key_id_t' });
export const sizeOut = (name: string): Param => ({ kind: 'scalar-out', name, type: 'size', c: 'size_t' });
export const bytes = (name: string, length = `${name}_length`): Param => ({ kind: 'bytes', name, length });
export const room = (name: string): Param => ({
  kind: 'room',
  name,
  size: `${name}_size`,
  length: `${name}_length`,
});
export const fill = (name: string, length: string): Param => ({ kind: 'fill', name, size: length });
export const attributes: Param = { kind: 'attributes', name: 'attributes' };
export const attributesOut: Param = { kind: 'attributes-out', name: 'attributes' };
export const custom: readonly Param[] = [{ kind: 'custom', name: 'custom' }, bytes('custom_data')];

export type Row = readonly [
  name: FunctionName,
  since: Version,
  params: readonly Param[] | 'local' | 'refused',
  survives?: FunctionRow['survives'],
];

/** Rows of one group as the table has them. Index 0 of group 0 is the hello frame, so indices start at 1. */
export const groupRows = (
  library: Library,
  number: number,
  group: string,
  rows: readonly Row[],
): readonly FunctionRow[] =>
  rows.map(([name, since, params, survives = []], i) => ({
    id: (number << 8) | (i + 1),
    name,
    library,
    since,
    group,
    local: typeof params === 'string',
    refused: params === 'refused',
    params: typeof params === 'string' ? [] : params,
    survives,
  }));

/** Whether a caller gives something for this parameter; an output alone takes nothing. */
export const hasInput = ({ kind }: Param): boolean =>
  kind !== 'scalar-out' && kind !== 'attributes-out' && kind !== 'storage-info-out';

/** Functions of the crypto service: those of the specification, and TF-M's key handles. */
export const isCrypto = ({ library }: Pick<FunctionRow, 'library'>): boolean =>
  library === 'crypto' || library === 'tf-m';

/** Where the handle of the operation that the function changes stands among the inputs; -1 where it changes none. */
export const handleAt = ({ params }: Pick<FunctionRow, 'params'>): number =>
  params.filter(hasInput).findIndex((param) => param.kind === 'operation' && param.role !== 'source');

export const operation =
  (family: OperationFamily) =>
  (role: OperationRole, name = 'operation'): Param => ({ kind: 'operation', name, family, role });
