/** The adapter's types against those of the stack that it is for. The compiler is the judge: npm run check:types. */
import type { Crypto, TLSConnectionOptions } from '@reclaimprotocol/tls';
import type { StackCrypto, Supported, TlsCrypto, TlsKey } from '../../../clients/tls/index.ts';

type Assignable<From extends To, To> = From;

/** What of the stack's interface ours leaves out: nothing. */
type Missing = Exclude<keyof Crypto<TlsKey>, keyof StackCrypto>;

export type Checks = [
  Assignable<StackCrypto, Crypto<TlsKey>>,
  Assignable<TlsCrypto, Crypto<TlsKey>>,
  Assignable<Missing, never>,
  Assignable<Supported, Pick<TLSConnectionOptions, keyof Supported>>,
  // Every name of the stack is in our lists, so that none is left out when the stack learns a new one.
  Assignable<NonNullable<TLSConnectionOptions['cipherSuites']>[number], Supported['cipherSuites'][number]>,
  Assignable<NonNullable<TLSConnectionOptions['namedCurves']>[number], Supported['namedCurves'][number]>,
  Assignable<
    NonNullable<TLSConnectionOptions['signatureAlgorithms']>[number],
    Supported['signatureAlgorithms'][number]
  >,
];
