/** A device on a socket that nobody else can reach: for the command of one case. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../../rpc/server/serve.ts';
import type { Serve } from '../campaign/perform-command.ts';

export const serveAlone: Serve = async (device) => {
  const folder = mkdtempSync(join(tmpdir(), 'h5sm-'));
  const clean = () => rmSync(folder, { recursive: true, force: true });
  try {
    const { endpoints, close } = await serve(device, { unix: join(folder, 'h5sm.sock') });
    return {
      endpoint: endpoints[0] ?? '',
      close: async () => {
        await close();
        clean();
      },
    };
  } catch (error) {
    clean();
    throw error;
  }
};
