/**
 * Writes what a capture of TLS is decrypted with, as NSS key log lines, from the calls that derive it in the device
 * (docs/trace.md). It sees secrets that no caller is given: insecure, and for tests alone.
 */
import type { Inputs, Outcome, Value } from '../../psa-api/call.ts';
import { functionByName } from '../../psa-api/functions.ts';
import type { Caller } from '../../psa-api/handler.ts';
import type { Observer } from '../trace/observer.ts';
import { Derivations } from './derivations.ts';
import { type KeylogOptions, Secrets } from './secrets.ts';
import { Transcripts } from './transcripts.ts';

export type { KeylogOptions } from './secrets.ts';

/** The bytes of a key; undefined where there is none. */
export type Material = (owner: number, key: number) => Uint8Array | undefined;

/** A call that succeeded. */
interface Done {
  readonly caller: Caller;
  readonly inputs: Inputs;
  /** Without the status. */
  readonly outputs: readonly Value[];
}

const bytes = (value: Value | undefined): Uint8Array => value as Uint8Array;
const number = (value: Value | undefined): number => value as number;

export const createKeylog = (options: KeylogOptions, material: Material): Observer => {
  const transcripts = new Transcripts();
  const secrets = new Secrets(options, transcripts);
  const derivations = new Derivations(secrets);

  /** The derived key goes by the bytes that came out of the derivation. */
  const outputKey = ({ caller, inputs, outputs }: Done): void => {
    const derived = material(caller.owner, number(outputs[1]));
    if (derived !== undefined) derivations.output(caller.connection, number(inputs[1]), derived);
  };
  const compare = ({ inputs }: Done): void => derivations.compare(number(inputs[0]));
  const beginMac = ({ caller, inputs, outputs }: Done): void => {
    const key = material(caller.owner, number(inputs[1]));
    if (key !== undefined) derivations.beginMac(number(outputs[0]), key);
  };

  const watched: Readonly<Record<string, (done: Done) => void>> = {
    psa_generate_random: ({ caller, outputs }) => secrets.drawn(caller.connection, bytes(outputs[0])),

    psa_hash_compute: ({ inputs, outputs }) => transcripts.whole(bytes(inputs[1]), bytes(outputs[0])),
    psa_hash_setup: ({ outputs }) => transcripts.begin(number(outputs[0])),
    psa_hash_update: ({ inputs }) => transcripts.update(number(inputs[0]), bytes(inputs[1])),
    psa_hash_clone: ({ inputs, outputs }) => transcripts.clone(number(inputs[0]), number(outputs[0])),
    psa_hash_finish: ({ inputs, outputs }) => transcripts.finish(number(inputs[0]), bytes(outputs[1])),

    psa_mac_compute: ({ caller, inputs, outputs }) => {
      const key = material(caller.owner, number(inputs[0]));
      if (key !== undefined) derivations.mac(caller.connection, key, bytes(inputs[2]), bytes(outputs[0]));
    },
    psa_mac_sign_setup: beginMac,
    psa_mac_update: ({ inputs }) => derivations.updateMac(number(inputs[0]), bytes(inputs[1])),
    psa_mac_sign_finish: ({ caller, inputs, outputs }) =>
      derivations.endMac(caller.connection, number(inputs[0]), bytes(outputs[1])),

    psa_key_derivation_setup: ({ outputs }) => derivations.begin(number(outputs[0])),
    psa_key_derivation_input_bytes: ({ inputs }) =>
      derivations.input(number(inputs[0]), number(inputs[1]), bytes(inputs[2])),
    psa_key_derivation_input_key: ({ caller, inputs }) => {
      const key = material(caller.owner, number(inputs[2]));
      if (key !== undefined) derivations.input(number(inputs[0]), number(inputs[1]), key);
    },
    psa_key_derivation_output_bytes: ({ caller, inputs, outputs }) =>
      derivations.output(caller.connection, number(inputs[0]), bytes(outputs[1])),
    psa_key_derivation_output_key: outputKey,
    psa_key_derivation_output_key_custom: outputKey,
    psa_key_derivation_verify_bytes: compare,
    psa_key_derivation_verify_key: compare,
  };
  const byId = new Map(
    Object.entries(watched).map(([name, hear]) => {
      const row = functionByName(name);
      if (row === undefined) throw new Error(`no function ${name}`);
      return [row.id, hear] as const;
    }),
  );

  return ({ caller, functionId, inputs }) => {
    const hear = byId.get(functionId);
    if (hear === undefined) return undefined;
    return ([status, ...outputs]: Outcome) => {
      if (status === 0) hear({ caller, inputs, outputs });
    };
  };
};
