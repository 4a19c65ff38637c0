/**
 * A TLS 1.3 server (RFC 8446) as small as a campaign needs it, in the process and without a random number of its own: the
 * same client gets the same bytes. One suite, one curve, one certificate; what it is sent it answers reversed.
 */
import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  X509Certificate,
} from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';

const SUITE = 0x1301;
const SECP256R1 = 0x0017;
const ECDSA_SECP256R1_SHA256 = 0x0403;
const HASH = 32;
const TAG = 16;

const HANDSHAKE = 22;
const APPLICATION = 23;
const CHANGE_CIPHER_SPEC = 20;
const CLIENT_HELLO = 1;
const FINISHED = 20;
const KEY_SHARE = 51;

const concat = (...parts: readonly Uint8Array[]): Buffer => Buffer.concat(parts);
const u8 = (value: number): Buffer => Buffer.of(value);
const u16 = (value: number): Buffer => Buffer.of(value >> 8, value & 0xff);
const u24 = (value: number): Buffer => Buffer.of(value >> 16, (value >> 8) & 0xff, value & 0xff);
const sha256 = (data: Uint8Array): Buffer => createHash('sha256').update(data).digest();
const hmac = (key: Uint8Array, data: Uint8Array): Buffer => createHmac('sha256', key).update(data).digest();

const message = (type: number, body: Uint8Array): Buffer => concat(u8(type), u24(body.length), body);
const extension = (type: number, body: Uint8Array): Buffer => concat(u16(type), u16(body.length), body);

/** RFC 8446, 7.1 */
const expandLabel = (secret: Uint8Array, label: string, context: Uint8Array, length: number): Buffer => {
  const name = Buffer.from(`tls13 ${label}`);
  const info = concat(u16(length), u8(name.length), name, u8(context.length), context);
  // HKDF-Expand of one block, which is all that is asked for.
  return hmac(secret, concat(info, u8(1))).subarray(0, length);
};

/** One direction's keys: RFC 8446, 5.2 and 5.3. */
class Traffic {
  readonly secret: Buffer;
  readonly #key: Buffer;
  readonly #iv: Buffer;
  #sequence = 0;

  constructor(secret: Buffer) {
    this.secret = secret;
    this.#key = expandLabel(secret, 'key', Buffer.alloc(0), 16);
    this.#iv = expandLabel(secret, 'iv', Buffer.alloc(0), 12);
  }

  #nonce(): Buffer {
    const nonce = Buffer.from(this.#iv);
    nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ this.#sequence++) >>> 0, 8);
    return nonce;
  }

  seal(type: number, content: Uint8Array): Buffer {
    const header = concat(u8(APPLICATION), u16(0x0303), u16(content.length + 1 + TAG));
    const cipher = createCipheriv('aes-128-gcm', this.#key, this.#nonce()).setAAD(header);
    return concat(header, cipher.update(concat(content, u8(type))), cipher.final(), cipher.getAuthTag());
  }

  /** Throws where it is not authentic. */
  open(header: Uint8Array, sealed: Buffer): { readonly type: number; readonly content: Buffer } {
    const decipher = createDecipheriv('aes-128-gcm', this.#key, this.#nonce()).setAAD(header);
    decipher.setAuthTag(sealed.subarray(-TAG));
    const inner = concat(decipher.update(sealed.subarray(0, -TAG)), decipher.final());
    const end = inner.findLastIndex((byte) => byte !== 0);
    return { type: inner[end] ?? 0, content: inner.subarray(0, end) };
  }
}

interface ClientHello {
  readonly sessionId: Buffer;
  readonly share: Buffer;
}

/** RFC 8446, 4.1.2 and 4.2.8; only what the answer needs. */
const readClientHello = (body: Buffer): ClientHello => {
  let at = 34;
  const take = (lengthBytes: number): Buffer => {
    const length = body.readUIntBE(at, lengthBytes);
    at += lengthBytes + length;
    return body.subarray(at - length, at);
  };
  const sessionId = take(1);
  take(2);
  take(1);
  const extensions = take(2);
  for (let i = 0; i < extensions.length; ) {
    const [type, length] = [extensions.readUInt16BE(i), extensions.readUInt16BE(i + 2)];
    const data = extensions.subarray(i + 4, i + 4 + length);
    i += 4 + length;
    if (type !== KEY_SHARE) continue;
    for (let j = 2; j < data.length; ) {
      const size = data.readUInt16BE(j + 2);
      if (data.readUInt16BE(j) === SECP256R1) return { sessionId, share: data.subarray(j + 4, j + 4 + size) };
      j += 4 + size;
    }
  }
  throw new Error('the client offers no key share on secp256r1');
};

const CONTEXT = concat(Buffer.alloc(64, 0x20), Buffer.from('TLS 1.3, server CertificateVerify'), u8(0));

export interface PeerOptions {
  /** PEM. */
  readonly certificate: string;
  /** P-256, 32 bytes. */
  readonly privateKey: Uint8Array;
  /** Signs something else than the transcript: a client has to refuse that. */
  readonly forges: boolean;
}

export class Tls13Peer {
  readonly #options: PeerOptions;
  #transcript: Buffer = Buffer.alloc(0);
  #received: Buffer = Buffer.alloc(0);
  #reading: Traffic | undefined;
  #writing: Traffic | undefined;
  #application: readonly [client: Traffic, server: Traffic] | undefined;
  /** The client's Finished was right. */
  isConnected = false;

  constructor(options: PeerOptions) {
    this.#options = options;
  }

  /** What it has to say to that. Throws where the client is wrong. */
  receive(bytes: Uint8Array): readonly Uint8Array[] {
    this.#received = concat(this.#received, bytes);
    const answers: Uint8Array[] = [];
    for (;;) {
      const length = this.#received.length < 5 ? undefined : 5 + this.#received.readUInt16BE(3);
      if (length === undefined || this.#received.length < length) return answers;
      const record = this.#received.subarray(0, length);
      this.#received = this.#received.subarray(length);
      answers.push(...this.#record(record.subarray(0, 5), record.subarray(5)));
    }
  }

  #record(header: Buffer, body: Buffer): readonly Uint8Array[] {
    if (header[0] === CHANGE_CIPHER_SPEC) return [];
    const { type, content } = this.#reading?.open(header, body) ?? { type: header[0], content: body };
    if (type === HANDSHAKE && content[0] === CLIENT_HELLO) return this.#hello(content);
    if (type === HANDSHAKE && content[0] === FINISHED) return this.#finished(content.subarray(4));
    if (type === APPLICATION && this.#writing !== undefined)
      return [this.#writing.seal(APPLICATION, Buffer.from(content).reverse())];
    throw new Error(`the client sends a record of type ${type}: ${content.toString('hex').slice(0, 16)}`);
  }

  #hello(hello: Buffer): readonly Uint8Array[] {
    const { sessionId, share } = readClientHello(hello.subarray(4));
    const ecdh = createECDH('prime256v1');
    ecdh.setPrivateKey(sha256(Buffer.from('the peer of a campaign')));
    const selected = concat(u16(SECP256R1), u16(65), ecdh.getPublicKey());
    const extensions = concat(extension(43, u16(0x0304)), extension(KEY_SHARE, selected));
    const random = sha256(Buffer.from('its random'));
    const parts = [u16(0x0303), random, u8(sessionId.length), sessionId, u16(SUITE), u8(0)];
    const serverHello = message(2, concat(...parts, u16(extensions.length), extensions));
    this.#transcript = concat(hello, serverHello);

    const none = Buffer.alloc(HASH);
    const derived = (secret: Buffer, label: string, transcript: Uint8Array): Buffer =>
      expandLabel(secret, label, sha256(transcript), HASH);
    const empty = Buffer.alloc(0);
    const handshake = hmac(derived(hmac(none, none), 'derived', empty), ecdh.computeSecret(share));
    this.#reading = new Traffic(derived(handshake, 'c hs traffic', this.#transcript));
    const writing = new Traffic(derived(handshake, 's hs traffic', this.#transcript));
    const flight = this.#flight(writing);
    const master = hmac(derived(handshake, 'derived', empty), none);
    this.#application = [
      new Traffic(derived(master, 'c ap traffic', this.#transcript)),
      new Traffic(derived(master, 's ap traffic', this.#transcript)),
    ];
    const plain = concat(u8(HANDSHAKE), u16(0x0303), u16(serverHello.length), serverHello);
    return [plain, ...flight.map((one) => writing.seal(HANDSHAKE, one))];
  }

  #flight(writing: Traffic): readonly Buffer[] {
    const add = (one: Buffer): Buffer => {
      this.#transcript = concat(this.#transcript, one);
      return one;
    };
    const encrypted = add(message(8, u16(0)));
    const { raw } = new X509Certificate(this.#options.certificate);
    const entry = concat(u24(raw.length), raw, u16(0));
    const certificate = add(message(11, concat(u8(0), u24(entry.length), entry)));
    const seen = this.#options.forges ? Buffer.alloc(HASH) : sha256(this.#transcript);
    const signature = p256.sign(concat(CONTEXT, seen), this.#options.privateKey, { format: 'der' });
    const verify = add(message(15, concat(u16(ECDSA_SECP256R1_SHA256), u16(signature.length), signature)));
    const finished = add(message(FINISHED, this.#mac(writing)));
    return [encrypted, certificate, verify, finished];
  }

  #mac({ secret }: Traffic): Buffer {
    return hmac(expandLabel(secret, 'finished', Buffer.alloc(0), HASH), sha256(this.#transcript));
  }

  #finished(mac: Buffer): readonly Uint8Array[] {
    if (this.#reading === undefined || !this.#mac(this.#reading).equals(mac))
      throw new Error('the Finished of the client is wrong');
    [this.#reading, this.#writing] = this.#application ?? [];
    this.isConnected = true;
    return [];
  }
}
