/** The program of docs/webcrypto.md. */
import 'reflect-metadata';
import { cryptoProvider, Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import { createCrypto } from '../../../clients/webcrypto/index.ts';
import { PSA_KEY_ID_ST_DUA_USER } from '../../../psa-api/constants.ts';
import { connect } from '../../../rpc/client/connect.ts';

export async function request(name: string): Promise<string> {
  await using device = await connect(); // H5SM_ENDPOINT
  await using crypto = await createCrypto(device);
  cryptoProvider.set(crypto);

  const privateKey = await crypto.keyFromId(PSA_KEY_ID_ST_DUA_USER, 'ECDSA', ['sign']);
  const publicKey = await crypto.subtle.getPublicKey(privateKey, ['verify']);
  const csr = await Pkcs10CertificateRequestGenerator.create({
    name,
    keys: { privateKey, publicKey },
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
  });
  return csr.toString('pem');
}
