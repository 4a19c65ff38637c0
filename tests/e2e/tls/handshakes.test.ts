/** A real TLS client on the emulator against real servers, the rows that the demo shows. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HANDSHAKES, nameOf, TlsStage } from '../../../demo/tls-stage.ts';

let stage: TlsStage;

beforeAll(async () => {
  stage = await TlsStage.open();
});

afterAll(() => {
  stage?.close();
});

describe('a handshake with every primitive in the emulator', () => {
  test.each(HANDSHAKES.map((handshake) => [nameOf(handshake), handshake] as const))(
    '%s',
    async (_, handshake) => {
      const { handshakeCalls, calls } = await stage.shake(handshake);
      expect(handshakeCalls).toBeGreaterThan(10);
      expect(calls).toBeGreaterThan(handshakeCalls);
    },
  );

  test('they cover every suite and curve that the device says it can do', () => {
    const suites = new Set(HANDSHAKES.map(({ suite }) => suite));
    expect(new Set(stage.supported.cipherSuites)).toEqual(suites);
    const curves = new Set<string>(HANDSHAKES.map(({ curve }) => curve));
    expect(new Set<string>(stage.supported.namedCurves)).toEqual(curves);
  });
});

describe('a certificate of somebody else', () => {
  test.each(HANDSHAKES.map((handshake) => [nameOf(handshake), handshake] as const))(
    'fails the handshake: %s',
    async (_, handshake) => {
      const impostor = await stage.impostor(handshake.certificate);
      await expect(stage.shake(handshake, impostor)).rejects.toThrow(/Verification of localhost failed/);
    },
  );

  test('an authority of another name fails before any signature is looked at', async () => {
    const [handshake] = HANDSHAKES;
    if (handshake === undefined) throw new Error('no handshake');
    const stranger = await stage.stranger(handshake.certificate);
    await expect(stage.shake(handshake, stranger)).rejects.toThrow(/Missing issuer/);
  });
});

test('nothing is left in the emulator', async () => {
  expect(await stage.emulator.keys()).toBe(0);
});
