/** The PSA Crypto API of a device behind a socket. */

import type { Call } from '../../psa-api/call.ts';
import { createPsa, type Psa } from '../../psa-api/generated/psa.ts';
import { statusName } from '../../psa-api/status.ts';
import { parseEndpoint } from '../endpoint.ts';
import { Carrier } from './carrier.ts';
import { dial } from './dial.ts';

export interface ConnectOptions {
  /** What a TCP endpoint asks for; H5SM_TOKEN where not given. */
  readonly token?: string | undefined;
  /** Whose keys these are; H5SM_CLIENT_ID where not given, else -1, the non-secure application. */
  readonly clientId?: number | undefined;
  /** Whether psa_crypto_init is called at once. */
  readonly init?: boolean | undefined;
  /** Milliseconds to wait for the device to answer the hello. */
  readonly timeout?: number | undefined;
}

export interface Connection extends Psa, AsyncDisposable {
  readonly endpoint: string;
  /** Calls by function id and call record, as the API above makes them. */
  readonly call: Call;
  close(): Promise<void>;
}

/** What a program is told about its device by those who start it. */
const environment: {
  readonly H5SM_ENDPOINT?: string;
  readonly H5SM_TOKEN?: string;
  readonly H5SM_CLIENT_ID?: string;
} = process.env;

const DEFAULT_TIMEOUT = 5000;

const clientIdOf = (option: number | undefined): number => {
  const text = environment.H5SM_CLIENT_ID;
  const id = option ?? (text === undefined || text === '' ? -1 : Number(text));
  if ((id | 0) !== id)
    throw new Error(`client id ${option ?? text}: expected an integer of 32 bits; see H5SM_CLIENT_ID`);
  return id;
};

/**
 * Connects to the device at `endpoint`. Throws where that fails; once connected, every failure is a status:
 * calls on a connection that has ended answer PSA_ERROR_COMMUNICATION_FAILURE.
 */
export const connect = async (
  endpoint: string | undefined = environment.H5SM_ENDPOINT,
  options: ConnectOptions = {},
): Promise<Connection> => {
  if (endpoint === undefined || endpoint === '') {
    throw new Error('no endpoint: set H5SM_ENDPOINT, or run under `h5sm exec -- command`');
  }
  const socket = await dial(parseEndpoint(endpoint), endpoint, options.timeout ?? DEFAULT_TIMEOUT);
  const carrier = new Carrier(socket, endpoint);
  await carrier.hello(
    clientIdOf(options.clientId),
    options.token ?? environment.H5SM_TOKEN ?? '',
    options.timeout ?? DEFAULT_TIMEOUT,
  );
  const call: Call = (id, inputs) => carrier.call(id, inputs);
  const close = () => carrier.close();
  const psa = createPsa(call);
  if (options.init ?? true) {
    const { status } = await psa.cryptoInit();
    if (status !== 0) {
      await close();
      throw new Error(`${endpoint}: psa_crypto_init answered ${statusName(status)}`);
    }
  }
  return { ...psa, endpoint, call, close, [Symbol.asyncDispose]: close };
};
