/** The chip's certificates in C: the utility, the raw layout of system flash, and the demonstration with the user key. */
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { p256 } from '@noble/curves/nist.js';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createDevice } from '../../../emulator/device.ts';
import type { IdentityReport } from '../../../psa-api/service.ts';
import { serve } from '../../../rpc/server/serve.ts';
import { hex } from '../../support/bytes.ts';
import { CLIENT, run, succeed, type Variables, Workshop, with32 } from './programs.ts';

const UTILITY = join(CLIENT, 'amalgamation/stm32_cert.c');

/** A device of its own, behind a socket. */
const deviceWith = async (
  folder: string,
  insecureSeed: number,
): Promise<{ env: Variables; identity: IdentityReport }> => {
  const device = createDevice({ insecureSeed });
  const socket = join(mkdtempSync(join(folder, 's')), 'socket');
  const server = await serve(device, { unix: socket });
  onTestFinished(async () => {
    await server.close();
    device.close();
  });
  return { env: { H5SM_ENDPOINT: `unix:${socket}` }, identity: device.identity() };
};

describe.each(with32() ? ['-m64', '-m32'] : ['-m64'])('built with %s', (width) => {
  const workshop = new Workshop([width]);
  let program = '';

  beforeAll(async () => {
    await workshop.prepare();
    program = await workshop.program('certificate.c', [UTILITY]);
  }, 60_000);

  afterAll(() => workshop.remove());

  // 28, 59 and 281 sign with an r or s that begins with a zero byte: then DER has fewer bytes, or another zero.
  it.each([1, 28, 59, 281])(
    'the utility puts together what the device has issued, seed %i',
    async (insecureSeed) => {
      const { env, identity } = await deviceWith(workshop.path, insecureSeed);
      const folder = mkdtempSync(join(workshop.path, 'out'));
      await succeed(program, [folder], { env });
      const saved = (name: string) => hex(readFileSync(join(folder, name)));
      const { user, initialAttestation } = identity;
      expect(saved('user.der')).toBe(hex(user.certificate));
      expect(saved('initial-attestation.der')).toBe(hex(initialAttestation.certificate));
      expect(saved('serial')).toBe(user.serial);
      const { publicKey } = new X509Certificate(user.certificate);
      const point = hex(publicKey.export({ type: 'spki', format: 'der' }).subarray(-64));
      expect(saved('public-key')).toBe(point);
    },
  );

  it('an address that is taken is left alone', async () => {
    const { env } = await deviceWith(workshop.path, 1);
    const source = join(workshop.path, 'taken.c');
    writeFileSync(
      source,
      `#include <h5sm/system_flash.h>
#include <sys/mman.h>
#include <stdio.h>
int main(void)
{
    uint8_t *page = mmap((void *)0x0bf9f000, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    page[0] = 7;
    int status = (int)h5sm_map_system_flash();
    printf("%d %d %d\\n", page == (uint8_t *)0x0bf9f000, status, page[0]);
    return 0;
}
`,
    );
    expect(await succeed(await workshop.program(source), [], { env })).toBe('1 -141 7\n');
  });

  it('no emulator is an error of the hardware', async () => {
    const { code, stdout, stderr } = await run(program, [], { env: {} });
    expect([code, stdout]).toEqual([1, '3 0\n']);
    expect(stderr).toContain('H5SM_ENDPOINT');
  });
});

describe('the demonstration of the board', () => {
  const workshop = new Workshop();

  beforeAll(() => workshop.prepare(), 60_000);

  afterAll(() => workshop.remove());

  it('gives a signature that openssl follows to the authority', async () => {
    const { env, identity } = await deviceWith(workshop.path, 1);
    const program = await workshop.program('dua.c', [UTILITY]);
    const folder = mkdtempSync(join(workshop.path, 'dua'));
    await succeed(program, [folder], { env });
    const openssl = (...args: string[]) => succeed('openssl', args, { cwd: folder });

    writeFileSync(join(folder, 'ca.der'), identity.user.ca);
    await openssl('x509', '-inform', 'der', '-in', 'ca.der', '-out', 'ca.pem');
    await openssl('x509', '-inform', 'der', '-in', 'certificate.der', '-out', 'certificate.pem');
    expect(await openssl('verify', '-CAfile', 'ca.pem', 'certificate.pem')).toBe('certificate.pem: OK\n');

    writeFileSync(
      join(folder, 'key.pem'),
      await openssl('x509', '-in', 'certificate.pem', '-noout', '-pubkey'),
    );
    const raw = p256.Signature.fromBytes(readFileSync(join(folder, 'signature')));
    writeFileSync(join(folder, 'signature.der'), raw.toBytes('der'));
    writeFileSync(join(folder, 'other'), 'another message');
    const dgst = ['dgst', '-sha256', '-verify', 'key.pem', '-signature', 'signature.der'];
    expect(await openssl(...dgst, 'message')).toBe('Verified OK\n');
    expect(await run('openssl', [...dgst, 'other'], { cwd: folder })).toMatchObject({
      code: 1,
      stdout: 'Verification failure\n',
    });
  });

  it('runs again on the same device: it leaves no key behind', async () => {
    const { env } = await deviceWith(workshop.path, 2);
    const program = await workshop.program('dua.c', [UTILITY]);
    for (let i = 0; i < 2; i++) await succeed(program, [workshop.path], { env });
  });
});
