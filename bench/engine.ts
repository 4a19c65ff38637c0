/** The engine alone, in a process of its own: prints the median nanoseconds of each subject as JSON. */
import { createNobleEngine } from '../engine/noble/index.ts';

const engine = createNobleEngine();
const random = (length: number): Uint8Array => globalThis.crypto.getRandomValues(new Uint8Array(length));

const median = (count: number, run: () => void): number => {
  for (let i = 0; i < count / 4 + 1; i++) run();
  const times = Array.from({ length: count }, () => {
    const start = process.hrtime.bigint();
    run();
    return Number(process.hrtime.bigint() - start);
  });
  times.sort((a, b) => a - b);
  return times[Math.floor(count / 2)] ?? 0;
};

const p256 = engine.curve('secp256r1');
const d = p256.generate(random);
const point = p256.publicKey(d);
const peer = p256.publicKey(p256.generate(random));
const digest = random(32);
const signature = p256.sign(d, digest, { random });

const aes = engine.aesKey(random(16));
const nonce = random(12);
const seal = (length: number) => {
  const message = random(length);
  return () => {
    const aead = engine.gcm(aes, 'encrypt', nonce, 16);
    aead.update(message);
    aead.tag();
  };
};

const sha256 = (message: Uint8Array) => () => {
  const hash = engine.hash('sha256');
  hash.update(message);
  hash.digest();
};

const der = engine.rsa.generate(2048, 65537n, random);
const rsa = engine.rsa.privateKey(der);
if (rsa === undefined) throw new Error('the engine cannot read the key it made');

const scale = Number(process.argv[2] ?? 1);
const n = (count: number): number => Math.max(5, Math.round(count * scale));
console.log(
  JSON.stringify({
    hash: median(n(20000), sha256(random(64))),
    sign: median(n(600), () => p256.sign(d, digest, { random })),
    verify: median(n(300), () => p256.verify(point, digest, signature)),
    ecdh: median(n(300), () => p256.ecdh(d, peer)),
    'gcm-1k': median(n(5000), seal(1024)),
    'gcm-16k': median(n(1000), seal(16384)),
    'rsa-2048': median(n(60), () => engine.rsa.signPkcs1(rsa, 'sha256', digest)),
  }),
);
