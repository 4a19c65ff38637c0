/** A nonce counter in Internal Trusted Storage that goes back (docs/attacks/its-rollback.md). */
import { forgeTag, recoverHashKey, type SealedMessage } from '../../attacks/index.ts';
import { geometryOf } from '../../emulator/geometry.ts';
import { settingsOf } from '../../emulator/profiles/profile.ts';
import { profileNamed } from '../../emulator/profiles/profile-file.ts';
import { type Chip, HUK_LENGTH, type Left, memoryChip } from '../../keystore/chip.ts';
import { StorageError } from '../../keystore/storage.ts';
import {
  PSA_ALG_GCM,
  PSA_KEY_LIFETIME_PERSISTENT,
  PSA_KEY_TYPE_AES,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
} from '../../psa-api/constants.ts';
import type { Psa } from '../../psa-api/generated/psa.ts';
import { check } from '../../rpc/client/check.ts';
import { ascii, concat, same } from './bytes.ts';
import type { Finding, Scenario } from './scenario.ts';
import { openTarget, type Target } from './target.ts';

const KEY = 7;
const UID = 1n;
const NONE = new Uint8Array(0);
const GEOMETRY = geometryOf(settingsOf(profileNamed('psa-full')));
const HUK = new Uint8Array(HUK_LENGTH).fill(0x5a);
const HONEST = ascii('valve 3 open: no');
const FORGED = ascii('valve 3 open: ok');

const start = (chip: Chip): Promise<Target> => openTarget({ store: chip, insecureSeed: undefined });

/** What is in the chip, as somebody reads it who holds it. */
const copyOf = ({ flash, counter }: Chip): Left => ({
  flash: flash.read(0, flash.sectors * flash.sectorSize),
  counter: counter.value,
});

const provision = async (psa: Psa): Promise<void> => {
  const attributes = {
    id: KEY,
    lifetime: PSA_KEY_LIFETIME_PERSISTENT,
    type: PSA_KEY_TYPE_AES,
    alg: PSA_ALG_GCM,
    usage: PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT,
  };
  check(await psa.importKey(attributes, new Uint8Array(16).fill(0x42)));
  check(await psa.itsSet(UID, new Uint8Array(12), 0));
};

interface Sealed extends SealedMessage {
  readonly nonce: Uint8Array;
}

/** What firmware does that counts its nonces: the counter is stored before it is used. */
const seal = async (psa: Psa, message: Uint8Array): Promise<Sealed> => {
  const { data: nonce } = check(await psa.itsGet(UID, 0));
  nonce[11] = (nonce[11] ?? 0) + 1;
  check(await psa.itsSet(UID, nonce, 0));
  const { ciphertext } = check(await psa.aeadEncrypt(KEY, PSA_ALG_GCM, nonce, NONE, message));
  const end = ciphertext.length - 16;
  return { nonce, additionalData: NONE, ciphertext: ciphertext.slice(0, end), tag: ciphertext.slice(end) };
};

const forge = async (psa: Psa, a: Sealed, b: Sealed): Promise<Finding> => {
  const h = recoverHashKey(a, b);
  const honest = await seal(psa, HONEST);
  const ciphertext = honest.ciphertext.map((byte, i) => byte ^ (HONEST[i] ?? 0) ^ (FORGED[i] ?? 0));
  const forged = concat(ciphertext, forgeTag(h, honest, { additionalData: NONE, ciphertext }));
  const { status, plaintext } = await psa.aeadDecrypt(KEY, PSA_ALG_GCM, honest.nonce, NONE, forged);
  return {
    recovered: status === 0 && same(plaintext, FORGED),
    data: '2 messages around a copy of the flash put back, a forged one accepted',
  };
};

export const itsRollback: Scenario = {
  name: 'its-rollback',
  fault: null,
  countermeasure: 'anti-rollback',
  paper: 'Joux: Authentication Failures in NIST version of GCM (2006), after a roll-back of storage',
  async run(isProtected) {
    let chip = memoryChip(GEOMETRY, HUK);
    let old: Left;
    let first: Sealed;
    {
      using target = await start(chip);
      await provision(target.psa);
      old = copyOf(chip);
      first = await seal(target.psa, ascii('valve 1 open: no'));
    }
    // The counter that only goes up is what an attacker cannot put back; without it there is nothing but the flash.
    const counter = isProtected ? chip.counter.value : old.counter;
    chip = memoryChip(GEOMETRY, HUK, { flash: old.flash, counter });
    try {
      using target = await start(chip);
      return await forge(target.psa, first, await seal(target.psa, ascii('valve 2 open: no')));
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      return { recovered: false, data: 'the device does not start from an older copy of its flash' };
    }
  },
};
