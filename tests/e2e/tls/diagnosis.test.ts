/** Real handshakes of a TLS stack on the device, traced: nothing is found in them but what the stack does wrong. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTlsCrypto } from '../../../clients/tls/index.ts';
import { converse, install } from '../../../demo/tls-client.ts';
import { HANDSHAKES, nameOf, TlsStage } from '../../../demo/tls-stage.ts';
import { examine, rulesOf } from '../../support/diagnosis.ts';

let stage: TlsStage;

beforeAll(async () => {
  stage = await TlsStage.open();
});

afterAll(() => {
  stage?.close();
});

test.each(HANDSHAKES.map((handshake) => [nameOf(handshake), handshake] as const))(
  '%s',
  async (_, { version, suite, certificate, curve }) => {
    const { port, authority } = stage.server(certificate);
    let calls = 0;
    const findings = await examine({ profile: 'psa-full' }, async ({ psa, records }) => {
      await using crypto = await createTlsCrypto(psa);
      install(crypto);
      await converse({
        port,
        authority,
        version,
        cipherSuites: [suite],
        namedCurves: [curve],
        signatureAlgorithms: stage.supported.signatureAlgorithms,
        lines: ['one', 'another, longer than a block'],
        onHandshake: () => {
          calls = records.length;
        },
      });
    });
    expect(calls).toBeGreaterThan(10);
    // The stack (0.1.2) begins every CBC record of a connection with the same IV.
    expect(rulesOf(findings)).toEqual(suite.includes('CBC') ? ['nonce-reuse'] : []);
  },
);
