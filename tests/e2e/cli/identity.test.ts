/** `h5sm identity`: of a running emulator, of a folder, of a seed. */
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderForTest, h5sm, launch, nextLine, ready } from './h5sm.ts';

beforeAll(ready);

const outputOf = async (args: readonly string[], folder = folderForTest()): Promise<string> => {
  const { code, stdout, stderr } = await h5sm(args, { folder });
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
};

describe('h5sm identity export', () => {
  it('gives openssl what it needs to follow the device to its authority', async () => {
    const folder = folderForTest();
    const [device, authority] = [join(folder, 'device.pem'), join(folder, 'ca.pem')];
    expect(await outputOf(['identity', 'export', '--cert', '--seed', '1', '--out', device])).toBe('');
    expect(await outputOf(['identity', 'export', '--ca', '--out', authority])).toBe('');
    const verified = execFileSync('openssl', ['verify', '-CAfile', authority, device], { encoding: 'utf8' });
    expect(verified).toBe(`${device}: OK\n`);
    expect(readFileSync(authority, 'utf8')).toMatch(/^INSECURE TEST CA of h5sm\. .*\n-----BEGIN/);
  });

  it('speaks of a running emulator, and of its folder when it has stopped', async () => {
    const folder = folderForTest();
    const store = join(folder, 'store');
    const running = launch(['start', '--store', store], { folder });
    await nextLine(running);
    const asked = await outputOf(['identity', 'export', '--cert'], folder);
    running.child.kill('SIGTERM');
    await running.ended;
    expect(await outputOf(['identity', 'export', '--cert', '--store', store])).toBe(asked);
    expect(asked).not.toBe(await outputOf(['identity', 'export', '--cert', '--seed', '1']));
  });

  it('needs the profile of a folder that another one made', async () => {
    const folder = folderForTest();
    const [store, profile] = [join(folder, 'store'), ['--profile', 'psa-full']];
    const running = launch(['start', '--store', store, ...profile], { folder });
    await nextLine(running);
    running.child.kill('SIGTERM');
    await running.ended;
    const { code, stderr } = await h5sm(['identity', 'show', '--store', store]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `h5sm: the store ${store} has 1024 sectors of 16384 bytes, this device 6 of 8192: start it with the profile that made it, or name another folder with --store\n`,
    );
    expect(await outputOf(['identity', 'show', '--store', store, ...profile])).toContain(
      'user key 0x3ffffffe',
    );
  });

  it('has both in one file, and each as DER', async () => {
    const seed = ['--seed', '1'];
    const [cert, ca, both] = await Promise.all([
      outputOf(['identity', 'export', '--cert', ...seed]),
      outputOf(['identity', 'export', '--ca', ...seed]),
      outputOf(['identity', 'export', '--cert', '--ca', ...seed]),
    ]);
    expect(both).toBe(cert + ca);
    const der = join(folderForTest(), 'ca.der');
    await outputOf(['identity', 'export', '--ca', '--der', '--out', der]);
    expect(new X509Certificate(readFileSync(der)).toString()).toBe(new X509Certificate(ca).toString());
  });

  it('has the initial attestation key’s too', async () => {
    const args = ['identity', 'export', '--cert', '--initial-attestation', '--seed', '1'];
    expect(new X509Certificate(await outputOf(args)).subject).toContain('stm32h5xx-initial_attestation-');
  });

  it('says where it cannot write', async () => {
    const out = join(folderForTest(), 'no/such/folder');
    const { code, stderr } = await h5sm(['identity', 'export', '--ca', '--out', out]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^h5sm: --out .*no\/such\/folder: .*\n$/);
  });
});

describe('h5sm identity show', () => {
  it('tells serial numbers, names, validity and fingerprints', async () => {
    const json = JSON.parse(await outputOf(['identity', 'show', '--seed', '1', '--json']));
    const text = await outputOf(['identity', 'show', '--seed', '1']);
    for (const { serial, certificate, ca } of [json.user, json.initialAttestation]) {
      expect(text).toContain(` ${serial}\n`);
      expect(text).toContain(`-${serial}\n`);
      expect(text).toContain(new X509Certificate(certificate).fingerprint256);
      expect(text).toContain(new X509Certificate(ca).fingerprint256);
    }
    expect(text).toContain('2022-01-01 to 2052-01-01');
    expect(text).toContain('INSECURE');
  });

  it('makes no device where there is none', async () => {
    const store = join(folderForTest(), 'store');
    const { code, stderr } = await h5sm(['identity', 'show', '--store', store]);
    expect([code, stderr.split('\n').length]).toEqual([1, 2]);
    expect(stderr).toContain('no such folder');
    expect(existsSync(store)).toBe(false);
  });
});
