/** The Web Cryptography API of a device beside Node's own. */
import { webcrypto } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { type CryptoOptions, createCrypto, type PsaCrypto } from '../../clients/webcrypto/index.ts';
import type { DeviceOptions } from '../../emulator/device.ts';
import { type Bench, type Open, openForTest } from './device.ts';

export const NODE: webcrypto.SubtleCrypto = webcrypto.subtle;

export interface CryptoBench extends Bench {
  readonly crypto: PsaCrypto;
  /** Names of the PSA calls so far. */
  readonly calls: string[];
}

export const openCrypto = async (
  options: DeviceOptions & CryptoOptions = {},
  open: Open = openForTest,
): Promise<CryptoBench> => {
  const bench = await open(options);
  const calls: string[] = [];
  const crypto = await createCrypto(bench.psa, { ...options, onCall: (name) => calls.push(name) });
  onTestFinished(() => crypto.close());
  return { ...bench, crypto, calls };
};

/** Bytes that differ from their neighbours. */
export const pattern = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * 7 + 1) & 0xff);

/** Shorter than a block, several blocks, and more than one piece of what a device is given at once. */
export const LENGTHS = [0, 1, 100, 4096, 10_001] as const;
