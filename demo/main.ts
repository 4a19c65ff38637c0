/**
 * `npm run demo`: the emulator under real programs. A C program against the C client, then a TLS stack in TypeScript
 * against openssl servers. Ends with a table; exit code 1 where a row of it failed.
 */
import { cRows } from './c-rows.ts';
import { tableText } from './table.ts';
import { tlsRows } from './tls-rows.ts';
import { Workspace } from './workspace.ts';

// Leaving through process.exit, so that workspaces hear of it.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => process.exit(code));
}

const main = async (): Promise<number> => {
  const workspace = new Workspace();
  try {
    process.stdout.write('A C program under h5sm exec, then TLS with every primitive in an emulator.\n\n');
    const rows = [...(await cRows(workspace)), ...(await tlsRows())];
    const failed = rows.filter(({ ok }) => !ok).length;
    process.stdout.write(tableText(rows));
    process.stdout.write(
      '\nPSA calls: until the handshake was done + random bytes, application data and key destruction.\n' +
        'Each count is the device’s own; the TLS stack had no other cryptography, and Web Crypto was shut off.\n',
    );
    process.stdout.write(
      failed === 0 ? `All ${rows.length} rows ok.\n` : `${failed} of ${rows.length} rows FAILED.\n`,
    );
    return failed === 0 ? 0 : 1;
  } finally {
    workspace.close();
  }
};

process.exitCode = await main();
