/** What the services make of a psa_call: a message, its call record, the answer's vectors. */
import { KEY_ATTRIBUTES_INIT } from '../../psa-api/attributes.ts';
import type { Call, Outcome, Sizes, Vectors } from '../../psa-api/call.ts';
import { functionByName } from '../../psa-api/functions.ts';
import {
  PSA_ERROR_GENERIC_ERROR,
  PSA_ERROR_NOT_SUPPORTED,
  PSA_ERROR_PROGRAMMER_ERROR,
  type PsaError,
} from '../../psa-api/status.ts';
import { SERVICES } from './connections.ts';
import { CRYPTO_MESSAGES } from './crypto-messages.ts';
import { readDescriptor } from './descriptor.ts';
import { ATTRIBUTES_LENGTH, writeAttributes } from './memory.ts';
import { type Message, type Parcel, planMessage } from './message.ts';
import { ATTESTATION_MESSAGES, STORAGE_MESSAGES } from './service-messages.ts';

type Answer = Outcome | Promise<Outcome>;

/** A psa_call that has reached its service. */
export interface ServiceCall {
  readonly type: number;
  readonly vectors: Vectors;
  readonly sizes: Sizes;
}

const RESET = 'psa_reset_key_attributes';

/** A client that resets attributes by itself sends no such message; another is given fresh ones. */
const reset = ({ vectors, sizes }: Parcel): Outcome => {
  const isWhole =
    vectors.every(({ length }) => length === 0) && sizes.length === 1 && sizes[0] === ATTRIBUTES_LENGTH;
  return isWhole ? [0, [writeAttributes(KEY_ATTRIBUTES_INIT)]] : [PSA_ERROR_PROGRAMMER_ERROR];
};

const cryptoMessages: readonly (Message | undefined)[] = CRYPTO_MESSAGES.map(([name, input, output]) => {
  const row = functionByName(name);
  return row === undefined || row.local ? undefined : planMessage(row, input, output);
});

const carryOut = (message: Message, parcel: Parcel, call: Call): Answer => {
  const inputs = message.read(parcel);
  if (typeof inputs === 'number') return [inputs];
  // A failure leaves the client's memory alone, its operation objects too.
  const answer = ([status, ...outputs]: Outcome): Outcome =>
    status === 0 ? [0, message.write(outputs, parcel.sizes)] : [status];
  const outcome = call(message.functionId, inputs);
  return outcome instanceof Promise ? outcome.then(answer) : answer(outcome);
};

/** PSA_IPC_CALL, the one type of the crypto service. */
const PSA_IPC_CALL = 0;

const crypto = ({ type, vectors, sizes }: ServiceCall, call: Call): Answer => {
  const [first, ...rest] = vectors;
  const descriptor = first === undefined ? undefined : readDescriptor(first);
  if (type !== PSA_IPC_CALL || descriptor === undefined) return [PSA_ERROR_PROGRAMMER_ERROR];
  const name = CRYPTO_MESSAGES[descriptor.function]?.[0];
  // TF-M 1.5, crypto_init.c: a number beyond the list.
  if (name === undefined) return [PSA_ERROR_GENERIC_ERROR];
  const parcel = { descriptor, vectors: rest, sizes };
  if (name === RESET) return reset(parcel);
  const message = cryptoMessages[descriptor.function];
  return message === undefined ? [PSA_ERROR_NOT_SUPPORTED] : carryOut(message, parcel, call);
};

const typed =
  (messages: ReadonlyMap<number, Message>, otherwise: PsaError) =>
  ({ type, vectors, sizes }: ServiceCall, call: Call): Answer => {
    const message = messages.get(type);
    return message === undefined ? [otherwise] : carryOut(message, { vectors, sizes }, call);
  };

export const SERVICE_CALLS: ReadonlyMap<number, (call: ServiceCall, inner: Call) => Answer> = new Map([
  [SERVICES.crypto, crypto],
  [SERVICES.storage, typed(STORAGE_MESSAGES, PSA_ERROR_PROGRAMMER_ERROR)],
  [SERVICES.attestation, typed(ATTESTATION_MESSAGES, PSA_ERROR_PROGRAMMER_ERROR)],
  // There is no firmware to update.
  [SERVICES.firmwareUpdate, typed(new Map(), PSA_ERROR_NOT_SUPPORTED)],
]);
