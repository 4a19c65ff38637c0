/** Declared room: of one output, and of everything that crosses to the secure world. */
import { UNBOUNDED } from '../../../psa-api/call.ts';
import type { FunctionRow } from '../../../psa-api/functions.ts';
import * as sizes from '../../../psa-api/sizes.ts';
import { PSA_ERROR_BUFFER_TOO_SMALL, PSA_ERROR_INSUFFICIENT_MEMORY } from '../../../psa-api/status.ts';
import { onCall, type Rule } from '../finding.ts';
import type { Seen } from '../lives.ts';
import { answered, fact } from '../words.ts';

interface Need {
  readonly macro: string;
  readonly bytes: (type: number, bits: number, alg: number, input: number) => number;
}

const need = (macro: string, bytes: Need['bytes']): Need => ({ macro, bytes });

const HASH = need('PSA_HASH_LENGTH(alg)', (_type, _bits, alg) => sizes.PSA_HASH_LENGTH(alg));
const MAC = need('PSA_MAC_LENGTH(type, bits, alg)', sizes.PSA_MAC_LENGTH);
const IV = need('PSA_CIPHER_IV_LENGTH(type, alg)', (type, _bits, alg) =>
  sizes.PSA_CIPHER_IV_LENGTH(type, alg),
);
const SIGNATURE = need('PSA_SIGN_OUTPUT_SIZE(type, bits, alg)', sizes.PSA_SIGN_OUTPUT_SIZE);
const PUBLIC_KEY = need('PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(type, bits)', (type, bits) =>
  sizes.PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(type, bits),
);

/** The size macro for a room of a function; `function` or `function room`. */
const NEEDS: Readonly<Record<string, Need>> = {
  psa_hash_compute: HASH,
  psa_hash_finish: HASH,
  psa_hash_suspend: need('PSA_HASH_SUSPEND_OUTPUT_SIZE(alg)', (_type, _bits, alg) =>
    sizes.PSA_HASH_SUSPEND_OUTPUT_SIZE(alg),
  ),
  psa_mac_compute: MAC,
  psa_mac_sign_finish: MAC,
  psa_cipher_generate_iv: IV,
  psa_cipher_encrypt: need('PSA_CIPHER_ENCRYPT_OUTPUT_SIZE(type, alg, length)', (type, _bits, alg, input) =>
    sizes.PSA_CIPHER_ENCRYPT_OUTPUT_SIZE(type, alg, input),
  ),
  psa_cipher_decrypt: need('PSA_CIPHER_DECRYPT_OUTPUT_SIZE(type, alg, length)', (type, _bits, alg, input) =>
    sizes.PSA_CIPHER_DECRYPT_OUTPUT_SIZE(type, alg, input),
  ),
  psa_cipher_update: need('PSA_CIPHER_UPDATE_OUTPUT_SIZE(type, alg, length)', (type, _bits, alg, input) =>
    sizes.PSA_CIPHER_UPDATE_OUTPUT_SIZE(type, alg, input),
  ),
  psa_cipher_finish: need('PSA_CIPHER_FINISH_OUTPUT_SIZE(type, alg)', (type, _bits, alg) =>
    sizes.PSA_CIPHER_FINISH_OUTPUT_SIZE(type, alg),
  ),
  psa_aead_encrypt: need('PSA_AEAD_ENCRYPT_OUTPUT_SIZE(type, alg, length)', (type, _bits, alg, input) =>
    sizes.PSA_AEAD_ENCRYPT_OUTPUT_SIZE(type, alg, input),
  ),
  psa_aead_decrypt: need('PSA_AEAD_DECRYPT_OUTPUT_SIZE(type, alg, length)', (type, _bits, alg, input) =>
    sizes.PSA_AEAD_DECRYPT_OUTPUT_SIZE(type, alg, input),
  ),
  psa_aead_generate_nonce: need('PSA_AEAD_NONCE_LENGTH(type, alg)', (type, _bits, alg) =>
    sizes.PSA_AEAD_NONCE_LENGTH(type, alg),
  ),
  psa_aead_update: need('PSA_AEAD_UPDATE_OUTPUT_SIZE(type, alg, length)', (type, _bits, alg, input) =>
    sizes.PSA_AEAD_UPDATE_OUTPUT_SIZE(type, alg, input),
  ),
  psa_aead_finish: need('PSA_AEAD_TAG_LENGTH(type, bits, alg)', sizes.PSA_AEAD_TAG_LENGTH),
  psa_sign_message: SIGNATURE,
  psa_sign_hash: SIGNATURE,
  psa_sign_finish: SIGNATURE,
  psa_export_key: need('PSA_EXPORT_KEY_OUTPUT_SIZE(type, bits)', (type, bits) =>
    sizes.PSA_EXPORT_KEY_OUTPUT_SIZE(type, bits),
  ),
  psa_export_public_key: PUBLIC_KEY,
  psa_raw_key_agreement: need('PSA_RAW_KEY_AGREEMENT_OUTPUT_SIZE(type, bits)', (type, bits) =>
    sizes.PSA_RAW_KEY_AGREEMENT_OUTPUT_SIZE(type, bits),
  ),
  psa_asymmetric_encrypt: need('PSA_ASYMMETRIC_ENCRYPT_OUTPUT_SIZE(type, bits, alg)', (type, bits, alg) =>
    sizes.PSA_ASYMMETRIC_ENCRYPT_OUTPUT_SIZE(type, bits, alg),
  ),
  psa_asymmetric_decrypt: need('PSA_ASYMMETRIC_DECRYPT_OUTPUT_SIZE(type, bits, alg)', (type, bits, alg) =>
    sizes.PSA_ASYMMETRIC_DECRYPT_OUTPUT_SIZE(type, bits, alg),
  ),
};

const INPUTS = ['input', 'plaintext', 'ciphertext'] as const;

const wanted = ({ event, operation }: Seen): string => {
  const found = NEEDS[event.function];
  if (found === undefined) return '';
  const type = event.keyType ?? operation?.key?.type ?? 0;
  const bits = event.keyBits ?? operation?.key?.bits ?? 0;
  const alg = event.alg ?? operation?.alg ?? 0;
  const input = INPUTS.map((name) => event.lengths[name]).find((length) => length !== undefined) ?? 0;
  const bytes = found.bytes(type, bits, alg, input);
  return bytes === 0 ? `; ${found.macro} gives enough` : `; ${found.macro} is ${bytes}`;
};

/** Every declared room: `hash_size 20`. */
const rooms = ({ params }: FunctionRow, lengths: Readonly<Record<string, number>>): string =>
  params
    .flatMap((param) => (param.kind === 'room' ? [`${param.size} ${lengths[param.size] ?? '?'}`] : []))
    .join(', ');

export const roomTooSmall: Rule = {
  name: 'room-too-small',
  title: 'Declared room too small for the output',
  explanation:
    'Functions write nothing unless the whole output fits into the size that was declared, and a multi-part ' +
    'operation ends with that failure. On the board the length is then that of the buffer, so that a program which ' +
    'does not look at the status takes stale bytes for the output.',
  fix: 'Declare a buffer of the size that the PSA_*_SIZE macro of the function gives, and begin the operation anew.',
  look: onCall((seen) => {
    const { event, evidence, row } = seen;
    if (event.status !== PSA_ERROR_BUFFER_TOO_SMALL) return undefined;
    return {
      certainty: 'certain',
      what: `${answered(evidence)}: declared ${rooms(row, event.lengths)}${wanted(seen)}.`,
      evidence: [evidence],
      subject: event.function,
    };
  }),
};

const total = ({ params, group }: FunctionRow, lengths: Readonly<Record<string, number>>): string => {
  const parts = params.flatMap((param) => {
    const name = param.kind === 'bytes' ? param.name : 'size' in param ? param.size : '';
    const length = lengths[name];
    // The nonce of AEAD travels in the call's descriptor.
    const isElsewhere = group === 'AEAD' && name === 'nonce';
    return length === undefined || length === UNBOUNDED || isElsewhere ? [] : [[name, length] as const];
  });
  const sum = parts.reduce((all, [, length]) => all + length, 0);
  return `${parts.map(([name, length]) => `${name} ${length}`).join(' + ')} = ${sum} bytes`;
};

export const areaExceeded: Rule = {
  name: 'area-exceeded',
  title: 'More than the shared area holds',
  explanation:
    'The device’s client carries every input and the whole declared room of every output through one area of memory ' +
    'between the two worlds, with 100 bytes of headers. Room counts as declared, used or not: a large buffer for a ' +
    'small signature is enough. The call never reaches the secure world.',
  fix:
    'Declare no more room than the output needs; split the data over psa_*_update calls (with one-shot AEAD or ' +
    'cipher calls about 8 KiB each way fit into 16 KiB); or configure a larger area on the board and in a profile ' +
    'file (sharedArea).',
  look: onCall(({ event, evidence, row }, { profile }) => {
    if (event.status !== PSA_ERROR_INSUFFICIENT_MEMORY || event.refusedBy !== 'client') return undefined;
    const area = profile?.facts.sharedArea;
    return {
      certainty: 'certain',
      what: `${answered(evidence)}, from the device’s own client: ${total(row, event.lengths)}.`,
      evidence: [evidence],
      details: area === undefined ? [] : [`shared area: ${fact(area)}`],
      subject: event.function,
    };
  }),
};
