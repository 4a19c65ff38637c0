/** Whether key material leaves the device, except by psa_export_key of a key that may be exported (9.7.3, 9.9.3). */
import { PSA_KEY_TYPE_IS_PUBLIC_KEY, PSA_KEY_USAGE_EXPORT } from '../../../psa-api/constants.ts';
import { functionByName } from '../../../psa-api/functions.ts';
import type { TraceEvent } from '../../trace/event.ts';
import type { Finding } from '../outcome.ts';
import type { KnownKey } from '../watched-device.ts';

/** Hex digits of material that no output has by chance: 16 bytes. */
const WINDOW = 32;

interface Secret {
  readonly owner: number;
  readonly id: number;
  readonly exportable: boolean;
  /** From this call on. */
  readonly from: number;
  readonly pieces: readonly string[];
}

const piecesOf = (data: Uint8Array): readonly string[] => {
  const hex = Buffer.from(data).toString('hex');
  const pieces: string[] = [];
  for (let at = 0; at + WINDOW <= hex.length; at += WINDOW) pieces.push(hex.slice(at, at + WINDOW));
  return pieces;
};

const secretOf = ({ owner, id, data, from, type, usage }: KnownKey): Secret[] =>
  PSA_KEY_TYPE_IS_PUBLIC_KEY(type)
    ? []
    : [{ owner, id, exportable: (usage & PSA_KEY_USAGE_EXPORT) !== 0, from, pieces: piecesOf(data) }];

const isOutput = (name: string, parameter: string): boolean => {
  const found = functionByName(name)?.params.find((param) => param.name === parameter.replace(/\[.*/, ''));
  return found?.kind === 'room' || found?.kind === 'fill' || found?.kind === 'vectors-out';
};

const holds = (text: string, { pieces }: Secret): boolean => pieces.some((piece) => text.includes(piece));

const nameOf = ({ id }: Secret): string => `key 0x${(id >>> 0).toString(16).padStart(8, '0')}`;

const finding = (property: string, detail: string): Finding => ({
  oracle: 'secrets',
  class: 'security',
  property,
  detail,
});

const inCall = (event: TraceEvent, at: number, secrets: readonly Secret[]): readonly Finding[] =>
  Object.entries(event.bytes ?? {}).flatMap(([parameter, hex]) => {
    if (hex.length < WINDOW || !isOutput(event.function, parameter)) return [];
    const isExport = event.function === 'psa_export_key';
    const found = secrets.find(
      (secret) =>
        secret.from < at &&
        !(isExport && secret.id === event.key && secret.owner === event.client && secret.exportable) &&
        holds(hex, secret),
    );
    if (found === undefined) return [];
    const detail = `call ${at + 1}, ${event.function}: ${parameter} has material of ${nameOf(found)}`;
    return [finding(isExport && found.id === event.key ? 'policy-bypass' : 'key-leak', detail)];
  });

/** `told`: what the program gave out itself, which it may of a key that it could export. */
export const secretFindings = (
  events: readonly TraceEvent[],
  keys: readonly KnownKey[],
  told: readonly string[],
): readonly Finding[] => {
  const secrets = keys.flatMap(secretOf);
  const byProgram = told.flatMap((text) => {
    const lower = text.toLowerCase();
    const found =
      lower.length < WINDOW
        ? undefined
        : secrets.find((secret) => !secret.exportable && holds(lower, secret));
    return found === undefined
      ? []
      : [finding('key-leak', `the program gave out material of ${nameOf(found)}`)];
  });
  return [...events.flatMap((event, at) => inCall(event, at, secrets)), ...byProgram];
};
