/** The padding status of RSAES-PKCS1-v1_5 gives the message (docs/attacks/bleichenbacher.md). */
import { createHash } from 'node:crypto';
import { decryptByConformity, type RsaPublicNumbers } from '../../attacks/index.ts';
import { bytesToInteger, integerToBytes, modPow } from '../../attacks/numbers.ts';
import { PSA_ALG_RSA_PKCS1V15_CRYPT } from '../../psa-api/constants.ts';
import { PSA_ERROR_INVALID_PADDING } from '../../psa-api/status.ts';
import { ascii, concat, same } from './bytes.ts';
import { openRsaTarget } from './rsa-target.ts';
import type { Scenario } from './scenario.ts';

const SECRET = ascii('forty-eight bytes, as the premaster secret of TLS');
/** Of the paddings tried, one with which the attack is quick: others need a hundred thousand questions and more. */
const PADDING = 'padding 580';
const MOST_QUESTIONS = 20_000;

/** 00 02, octets other than zero, 00, the message (RFC 8017 7.2.1), from a padding that repeats. */
export const encoded = (padding: string, length: number): Uint8Array => {
  const octets = createHash('shake256', { outputLength: 2 * length })
    .update(padding)
    .digest();
  const ps = octets.filter((octet) => octet !== 0).subarray(0, length - SECRET.length - 3);
  return concat(Uint8Array.of(0, 2), ps, Uint8Array.of(0), SECRET);
};

const encrypt = ({ n, e, byteLength }: RsaPublicNumbers): Uint8Array =>
  integerToBytes(modPow(bytesToInteger(encoded(PADDING, byteLength)), e, n), byteLength);

export const bleichenbacher: Scenario = {
  name: 'bleichenbacher',
  fault: null,
  countermeasure: 'constant-status',
  paper: 'Bleichenbacher: Chosen Ciphertext Attacks Against PKCS #1 (CRYPTO 1998)',
  async run(isProtected) {
    const countermeasures = isProtected ? (['constant-status'] as const) : [];
    using target = await openRsaTarget(PSA_ALG_RSA_PKCS1V15_CRYPT, { countermeasures });
    const { psa, key, publicKey } = target;
    const salt = new Uint8Array(0);
    let questions = 0;
    const oracle = async (ciphertext: Uint8Array) => {
      questions++;
      const { status } = await psa.asymmetricDecrypt(key, PSA_ALG_RSA_PKCS1V15_CRYPT, ciphertext, salt);
      return status !== PSA_ERROR_INVALID_PADDING;
    };
    const found = await decryptByConformity(publicKey, oracle, encrypt(publicKey), MOST_QUESTIONS);
    const recovered = found !== undefined && same(found.subarray(-SECRET.length), SECRET);
    return {
      recovered,
      data: `${questions} questions${recovered ? `, "${new TextDecoder().decode(SECRET)}"` : ''}`,
    };
  },
};
