/** How many cases of a fault campaign a second: of a scenario in this process, and of a C program for each case. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

/** Twenty calls: a key, digests, a random number, sealed and opened. */
const SCENARIO = `
const must = ({ status, ...rest }) => { if (status !== 0) throw new Error('status ' + status); return rest; };
const bytes = new Uint8Array(64);
export default async (psa) => {
  const { key } = must(await psa.generateKey({ type: 0x2400, bits: 128, usage: 0x300, alg: 0x05500200 }));
  try {
    for (let i = 0; i < 5; i++) {
      const { output } = must(await psa.generateRandom(12));
      const { ciphertext } = must(await psa.aeadEncrypt(key, 0x05500200, output, bytes, bytes));
      must(await psa.aeadDecrypt(key, 0x05500200, output, bytes, ciphertext));
    }
    must(await psa.hashCompute(0x02000009, bytes));
  } finally {
    must(await psa.destroyKey(key));
  }
};
`;

const ACCEPT = ['masked', 'detected', 'degraded', 'corrupt', 'security'];

/** Cases a second, starting included. */
const rate = (cli: string, folder: string, name: string, campaign: object): string => {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify({ ...campaign, accept: ACCEPT }));
  const jobs = `${cpus().length}`;
  const begin = performance.now();
  const out = execFileSync(process.execPath, [cli, 'campaign', 'run', file, '-j', jobs, '--json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const seconds = (performance.now() - begin) / 1000;
  const cases = out.trimEnd().split('\n').length;
  return `${(cases / seconds).toFixed(0)} cases/s (${cases} in ${seconds.toFixed(1)} s, -j ${jobs})`;
};

export const campaignRates = (cli: string, folder: string, program: string): void => {
  const module = join(folder, 'scenario.mjs');
  writeFileSync(module, SCENARIO);
  const random = { points: ['api.*.enter'], effects: ['return(documented)'], seed: 1 };
  console.log('\nFault campaigns (aims on 2 cores: 500 and 40 cases/s)');
  const inProcess = { scenario: { module }, generator: { random: { ...random, count: 5000 } } };
  console.log(`20 calls in process    ${rate(cli, folder, 'in-process', inProcess)}`);
  const command = { scenario: { command: [program] }, generator: { random: { ...random, count: 400 } } };
  console.log(`a C program each       ${rate(cli, folder, 'command', command)}`);
};
