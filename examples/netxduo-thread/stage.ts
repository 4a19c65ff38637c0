/** A handshake: a client process with a device of its own, openssl on the other side, and what the trace tells of it. */
import {
  type Certificate,
  type CertificateKind,
  makeAuthority,
  makeCertificate,
} from '../../demo/certificates.ts';
import { Workspace } from '../../demo/workspace.ts';
import { createDevice } from '../../emulator/device.ts';
import { diagnose } from '../../emulator/diagnose/diagnosis.ts';
import type { TraceRecord } from '../../emulator/trace/event.ts';
import { serve } from '../../rpc/server/serve.ts';
import type { Outcome } from './expectations.ts';
import { Programs } from './programs.ts';
import { startServer } from './server.ts';
import { type ProfileName, SUITES, type SuiteName } from './suites.ts';
import { VARIANTS, type Variant, type VariantName } from './variants.ts';

interface Credentials {
  readonly server: Certificate;
  /** DER of the authority that issued it, and of another one. */
  readonly authority: string;
  readonly stranger: string;
}

interface Talk {
  readonly said: string;
  readonly trace: readonly TraceRecord[];
}

export class Stage {
  readonly #workspace = new Workspace();
  readonly #programs = new Programs(this.#workspace);
  readonly #credentials = new Map<CertificateKind, Promise<Credentials>>();
  #runs = 0;

  async run(variant: VariantName, suite: SuiteName, profile: ProfileName): Promise<Outcome> {
    const { id, certificate } = SUITES[suite];
    const [program, { server: issued, authority, stranger }] = await Promise.all([
      this.#programs.program(variant),
      this.#credentialsOf(certificate),
    ]);
    const { strangers = 0 }: Variant = VARIANTS[variant];
    const server = await startServer(SUITES[suite], issued, strangers + 1);
    const authorities = [...Array.from({ length: strangers }, () => stranger), authority].join(',');
    const client = [server.port, id, authorities, strangers + 1, 21, 1456].map(String);
    const { said, trace } = await this.#talk(profile, program, client);
    const findings = await diagnose(trace);
    return {
      client: lastOf(said, strangers),
      openssl: await server.alerts(),
      diagnosis: findings.map(({ rule }) => rule),
    };
  }

  close(): void {
    this.#workspace.close();
  }

  /** As `h5sm exec --trace`, but for a process of its own, whose start would take longer than the handshake. */
  async #talk(profile: ProfileName, program: string, args: readonly string[]): Promise<Talk> {
    const trace: TraceRecord[] = [];
    const device = createDevice({ profile, trace: { sink: (record) => void trace.push(record), keep: 1 } });
    const server = await serve(device, { unix: this.#workspace.path(`${++this.#runs}.sock`) });
    try {
      const env = { H5SM_ENDPOINT: server.endpoints[0] };
      return { said: (await this.#workspace.result(program, args, env)).output, trace };
    } finally {
      await server.close();
      device.close();
    }
  }

  #credentialsOf(kind: CertificateKind): Promise<Credentials> {
    const known = this.#credentials.get(kind) ?? this.#issue(kind);
    this.#credentials.set(kind, known);
    return known;
  }

  async #issue(kind: CertificateKind): Promise<Credentials> {
    const [server, stranger] = await Promise.all([
      makeCertificate(this.#workspace, kind),
      makeAuthority(this.#workspace, `${kind}-stranger`, kind, 'stranger'),
    ]);
    return {
      server,
      authority: await this.#der(this.#workspace.path(`${kind}-ca.pem`)),
      stranger: await this.#der(stranger.certificate),
    };
  }

  async #der(pem: string): Promise<string> {
    await this.#workspace.run('openssl', ['x509', '-in', pem, '-outform', 'der', '-out', `${pem}.der`]);
    return `${pem}.der`;
  }
}

/** The last handshake's line; all before it have to have failed. */
const lastOf = (said: string, strangers: number): string => {
  const lines = said.trimEnd().split('\n');
  const before = lines.slice(0, strangers);
  const isAsSaid =
    lines.length === (strangers === 0 && lines[0] === 'ok' ? 1 : strangers + 2) &&
    before.every((line) => line.startsWith('failed at '));
  return isAsSaid ? (lines[strangers] ?? '') : said.trimEnd();
};
