/** TLS connections whose cryptography is an emulator's, and two that have to fail. */
import { type Row, rowOf } from './table.ts';
import { HANDSHAKES, type Handshake, nameOf, TlsStage } from './tls-stage.ts';

const good = (stage: TlsStage, handshake: Handshake): Promise<Row> =>
  rowOf(nameOf(handshake), async () => {
    const { handshakeCalls, calls, replies } = await stage.shake(handshake);
    return {
      calls: `${handshakeCalls} + ${calls - handshakeCalls}`,
      detail: `${replies.length} lines sent and answered`,
    };
  });

const refused = (
  stage: TlsStage,
  what: string,
  handshake: Handshake,
  authority: () => Promise<string>,
  why: RegExp,
): Promise<Row> =>
  rowOf(what, async () => {
    const pem = await authority();
    let message: string | undefined;
    try {
      await stage.shake(handshake, pem);
    } catch (error) {
      message = error instanceof Error ? error.message : String(error);
    }
    if (message === undefined) throw new Error('the handshake succeeded');
    if (!why.test(message)) throw new Error(`failed for another reason: ${message}`);
    return { detail: message };
  });

export const tlsRows = async (): Promise<Row[]> => {
  let stage: TlsStage | undefined;
  const opened = await rowOf('h5sm start, and openssl s_server with three certificates', async () => {
    stage = await TlsStage.open();
    return { detail: `the device can do ${stage.supported.cipherSuites.length} suites` };
  });
  if (stage === undefined) return [opened];
  const open: TlsStage = stage;
  const rows = [opened];
  try {
    for (const handshake of HANDSHAKES) rows.push(await good(open, handshake));
    for (const handshake of HANDSHAKES.filter(({ suite }) => suite === 'TLS_AES_128_GCM_SHA256')) {
      const kind = handshake.certificate;
      const impostor = () => open.impostor(kind);
      const stranger = () => open.stranger(kind);
      rows.push(
        await refused(open, `wrong CA of the same name, ${kind}`, handshake, impostor, /Verification of/),
        await refused(open, `wrong CA of another name, ${kind}`, handshake, stranger, /Missing issuer/),
      );
    }
    return rows;
  } finally {
    open.close();
  }
};
