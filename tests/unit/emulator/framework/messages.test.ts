/**
 * Every message of the crypto service, one by one, against the client of TF-M 1.5 (tfm_crypto_ipc_api.c; multi-part
 * AEAD: 1.6): what it puts where, and where it looks for what comes back.
 */
import { describe, expect, it } from 'vitest';
import { withFramework } from '../../../../emulator/framework/framework.ts';
import type { Inputs, Outcome, Value, Vectors } from '../../../../psa-api/call.ts';
import { functionById, functionByName, type Param } from '../../../../psa-api/functions.ts';

/**
 * Number and name. Vectors of the call behind the descriptor: `a` attributes, `i` an id, `b` bytes; of the answer:
 * `h` a handle, `k` a key id, `a` attributes, `z` a size_t, `b` bytes. Then the inputs of the C function in its order
 * (`key`, `alg`, ... from the descriptor, `v1` the first vector behind it, `s0` the room of the answer's first), and
 * which C output each vector of the answer is.
 */
const MESSAGES: readonly (readonly [
  name: string,
  given: string,
  room: string,
  inputs: string,
  outputs: string,
])[] = [
  ['psa_get_key_attributes', '', 'a', 'key', 'attributes'],
  ['psa_reset_key_attributes', '', 'a', '', ''],
  ['psa_open_key', 'i', 'k', 'v1', 'handle'],
  ['psa_close_key', '', '', 'key', ''],
  ['psa_import_key', 'ab', 'k', 'v1 v2', 'key'],
  ['psa_destroy_key', '', '', 'key', ''],
  ['psa_export_key', '', 'b', 'key s0', 'data'],
  ['psa_export_public_key', '', 'b', 'key s0', 'data'],
  ['psa_purge_key', '', '', 'key', ''],
  ['psa_copy_key', 'a', 'k', 'key v1', 'target_key'],
  ['psa_hash_compute', 'b', 'b', 'alg v1 s0', 'hash'],
  ['psa_hash_compare', 'bb', '', 'alg v1 v2', ''],
  ['psa_hash_setup', '', 'h', 'op alg', 'operation'],
  ['psa_hash_update', 'b', 'h', 'op v1', 'operation'],
  ['psa_hash_finish', '', 'hb', 'op s1', 'operation hash'],
  ['psa_hash_verify', 'b', 'h', 'op v1', 'operation'],
  ['psa_hash_abort', '', 'h', 'op', 'operation'],
  ['psa_hash_clone', '', 'h', 'op none', 'target_operation'],
  ['psa_mac_compute', 'b', 'b', 'key alg v1 s0', 'mac'],
  ['psa_mac_verify', 'bb', '', 'key alg v1 v2', ''],
  ['psa_mac_sign_setup', '', 'h', 'op key alg', 'operation'],
  ['psa_mac_verify_setup', '', 'h', 'op key alg', 'operation'],
  ['psa_mac_update', 'b', 'h', 'op v1', 'operation'],
  ['psa_mac_sign_finish', '', 'hb', 'op s1', 'operation mac'],
  ['psa_mac_verify_finish', 'b', 'h', 'op v1', 'operation'],
  ['psa_mac_abort', '', 'h', 'op', 'operation'],
  ['psa_cipher_encrypt', 'b', 'b', 'key alg v1 s0', 'output'],
  ['psa_cipher_decrypt', 'b', 'b', 'key alg v1 s0', 'output'],
  ['psa_cipher_encrypt_setup', '', 'h', 'op key alg', 'operation'],
  ['psa_cipher_decrypt_setup', '', 'h', 'op key alg', 'operation'],
  ['psa_cipher_generate_iv', '', 'hb', 'op s1', 'operation iv'],
  ['psa_cipher_set_iv', 'b', 'h', 'op v1', 'operation'],
  ['psa_cipher_update', 'b', 'hb', 'op v1 s1', 'operation output'],
  ['psa_cipher_finish', '', 'hb', 'op s1', 'operation output'],
  ['psa_cipher_abort', '', 'h', 'op', 'operation'],
  ['psa_aead_encrypt', 'bb', 'b', 'key alg nonce v2 v1 s0', 'ciphertext'],
  ['psa_aead_decrypt', 'bb', 'b', 'key alg nonce v2 v1 s0', 'plaintext'],
  ['psa_aead_encrypt_setup', '', 'h', 'op key alg', 'operation'],
  ['psa_aead_decrypt_setup', '', 'h', 'op key alg', 'operation'],
  ['psa_aead_generate_nonce', '', 'hb', 'op s1', 'operation nonce'],
  ['psa_aead_set_nonce', 'b', 'h', 'op v1', 'operation'],
  ['psa_aead_set_lengths', '', 'h', 'op ad_length plaintext_length', 'operation'],
  ['psa_aead_update_ad', 'b', 'h', 'op v1', 'operation'],
  ['psa_aead_update', 'b', 'hb', 'op v1 s1', 'operation output'],
  ['psa_aead_finish', '', 'hbb', 'op s2 s1', 'operation tag ciphertext'],
  ['psa_aead_verify', 'b', 'hb', 'op s1 v1', 'operation plaintext'],
  ['psa_aead_abort', '', 'h', 'op', 'operation'],
  ['psa_sign_message', 'b', 'b', 'key alg v1 s0', 'signature'],
  ['psa_verify_message', 'bb', '', 'key alg v1 v2', ''],
  ['psa_sign_hash', 'b', 'b', 'key alg v1 s0', 'signature'],
  ['psa_verify_hash', 'bb', '', 'key alg v1 v2', ''],
  ['psa_asymmetric_encrypt', 'bb', 'b', 'key alg v1 v2 s0', 'output'],
  ['psa_asymmetric_decrypt', 'bb', 'b', 'key alg v1 v2 s0', 'output'],
  ['psa_key_derivation_setup', '', 'h', 'op alg', 'operation'],
  ['psa_key_derivation_get_capacity', '', 'z', 'op', 'capacity'],
  ['psa_key_derivation_set_capacity', '', '', 'op capacity', ''],
  ['psa_key_derivation_input_bytes', 'b', '', 'op step v1', ''],
  ['psa_key_derivation_input_key', '', '', 'op step key', ''],
  ['psa_key_derivation_key_agreement', 'b', '', 'op step key v1', ''],
  ['psa_key_derivation_output_bytes', '', 'b', 'op s0', 'output'],
  ['psa_key_derivation_output_key', 'a', 'k', 'v1 op', 'key'],
  ['psa_key_derivation_abort', '', 'h', 'op', 'operation'],
  ['psa_raw_key_agreement', 'b', 'b', 'alg key v1 s0', 'output'],
  ['psa_generate_random', '', 'b', 's0', 'output'],
  ['psa_generate_key', 'a', 'k', 'v1', 'key'],
];

const FIELDS = {
  key: 0x101,
  alg: 0x202,
  op: 0x404,
  step: 0x303,
  capacity: 0x505,
  ad_length: 0x606,
  plaintext_length: 0x707,
};
const NONCE = Uint8Array.of(9, 8, 7);

/** The longest layout, of 64 bits: the one that has everything. */
const descriptor = (number: number): Uint8Array => {
  const bytes = new Uint8Array(72);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, number, true);
  view.setUint16(4, FIELDS.step, true);
  view.setUint32(8, FIELDS.key, true);
  view.setUint32(12, FIELDS.alg, true);
  view.setUint32(16, FIELDS.op, true);
  view.setBigUint64(24, BigInt(FIELDS.capacity), true);
  view.setBigUint64(32, BigInt(FIELDS.ad_length), true);
  view.setBigUint64(40, BigInt(FIELDS.plaintext_length), true);
  bytes.set(NONCE, 48);
  view.setUint32(64, NONCE.length, true);
  return bytes;
};

const ATTRIBUTES = { type: 0x2400, bits: 128, lifetime: 1, id: 77, usage: 0x300, alg: 0x4404000 };
const ATTRIBUTES_BYTES = Buffer.from('002480000100000' + '04d00000000030000' + '00404004', 'hex');

const GIVEN: Readonly<Record<string, (at: number) => readonly [vector: Uint8Array, value: Value]>> = {
  a: () => [ATTRIBUTES_BYTES, ATTRIBUTES],
  i: (at) => [Uint8Array.of(at, 0, 0, 5), 0x05000000 + at],
  b: (at) => {
    const bytes = new Uint8Array(30 + at).fill(at);
    return [bytes, bytes];
  },
};
const unknown = (kind: string): never => {
  throw new Error(`no vector of kind ${kind}`);
};

const ROOM: Readonly<Record<string, (at: number) => number>> = {
  h: () => 4,
  k: () => 4,
  a: () => 20,
  z: () => 8,
  b: (at) => 50 + at,
};

/** What the C function gives for an output, and how that lies in a vector. */
const outputOf = (param: Param): readonly [value: Value, bytes: string] | undefined => {
  switch (param.kind) {
    case 'operation':
      return param.role === 'source' ? undefined : [0x0a0b0c0d, '0d0c0b0a'];
    case 'scalar-out':
      return param.type === 'size' ? [0x0102, '0201000000000000'] : [0x7fffffe1, 'e1ffff7f'];
    case 'attributes-out':
      return [ATTRIBUTES, ATTRIBUTES_BYTES.toString('hex')];
    case 'room':
    case 'fill': {
      const text = `of ${param.name}`;
      return [Buffer.from(text), Buffer.from(text).toString('hex')];
    }
    default:
      return undefined;
  }
};

/** The framework before a session that writes calls down and answers them all with success. */
const recorder = () => {
  const calls: (readonly [string, Inputs])[] = [];
  const message = (id: number, inputs: Inputs): Outcome => {
    const row = functionById(id);
    calls.push([row?.name ?? '', inputs]);
    return [
      0,
      ...(row?.params ?? []).flatMap((param) => outputOf(param)?.slice(0, 1) ?? []),
    ] as unknown as Outcome;
  };
  const refused = (): Outcome => [-1];
  const limits = { connections: 20, connectionHandles: 'shared', sharedArea: null, vectors: 4 } as const;
  const call = withFramework(limits, { message, direct: refused, alone() {}, start() {} });
  call(functionByName('psa_connect')?.id ?? 0, [3, 0]);
  const send = (vectors: Vectors, sizes: readonly number[]) =>
    call(functionByName('psa_call')?.id ?? 0, [0xffffffff, 0, vectors, sizes]) as Outcome;
  return { calls, send };
};

describe.each(MESSAGES.map((message, number) => [number, ...message] as const))(
  'message %i, %s',
  (number, name, given, room, inputs, outputs) => {
    const vectors = [...given].flatMap((kind, i) => [GIVEN[kind]?.(i + 1) ?? unknown(kind)]);
    const sizes = [...room].map((kind, i) => ROOM[kind]?.(i) ?? 0);
    const sent = [descriptor(number), ...vectors.map(([vector]) => vector)];
    const sourceOf = (source: string): Value | undefined => {
      if (source === 'none') return 0;
      if (source === 'nonce') return NONCE;
      if (source[0] === 'v' && source.length === 2) return vectors[Number(source[1]) - 1]?.[1];
      if (source[0] === 's' && source.length === 2) return sizes[Number(source[1])];
      return FIELDS[source as keyof typeof FIELDS];
    };
    const words = (text: string) => (text === '' ? [] : text.split(' '));

    it('is a call with these inputs, and its outputs go there', () => {
      const { calls, send } = recorder();
      const [status, answer] = send(sent, sizes);
      expect(status).toBe(0);
      if (name === 'psa_reset_key_attributes') {
        expect(calls).toEqual([]);
        expect(answer).toEqual([new Uint8Array(20)]);
        return;
      }
      expect(calls.map(([of]) => of)).toEqual([name]);
      expect(calls[0]?.[1].map((v) => (v instanceof Uint8Array ? [...v] : v))).toEqual(
        words(inputs).map((source) => {
          const value = sourceOf(source);
          return value instanceof Uint8Array ? [...value] : value;
        }),
      );
      const params = functionByName(name)?.params ?? [];
      expect((answer as Vectors).map((v) => Buffer.from(v).toString('hex'))).toEqual(
        words(outputs).map((output) => {
          const param = params.find((p) => p.name === output && outputOf(p) !== undefined);
          return param === undefined ? 'no such output' : outputOf(param)?.[1];
        }),
      );
    });

    it('is none with a vector more, or with an object of another size', () => {
      const { calls, send } = recorder();
      const isFinish = name === 'psa_cipher_finish';
      // The device's client sends the output of psa_cipher_finish along, and of a key agreement asks for the handle.
      if (sent.length + sizes.length < 4 && !isFinish) {
        expect(send([...sent, Uint8Array.of(1)], sizes)).toEqual([-129]);
        const agreement = name === 'psa_key_derivation_key_agreement';
        expect(send(sent, [...sizes, agreement ? 5 : 4])).toEqual([-129]);
      }
      for (const [i, kind] of [...room].entries())
        if (kind !== 'b')
          expect(
            send(
              sent,
              sizes.map((size, j) => (i === j ? size + 1 : size)),
            ),
          ).toEqual([-129]);
      for (const [i, kind] of [...given].entries())
        if (kind !== 'b')
          expect(
            send(
              sent.map((v, j) => (j === i + 1 ? v.subarray(1) : v)),
              sizes,
            ),
          ).toEqual([-129]);
      expect(calls).toEqual([]);
    });
  },
);

it('are all there', () => {
  expect(MESSAGES.length).toBe(65);
});
