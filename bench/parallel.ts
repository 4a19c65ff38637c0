/** Many `h5sm exec` at once, each with a device of its own: do they disturb each other, and how fast is it. */
import { spawn } from 'node:child_process';

const one = (cli: string, command: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const args = [cli, 'exec', '--seed', '1', '--', ...command];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve(out) : reject(new Error(`exec ended with ${code}`))));
  });

/** Seconds for `count` runs started at once; `same` of them printed what the first one did. */
export const parallelExecs = async (
  cli: string,
  command: readonly string[],
  count: number,
): Promise<{ seconds: number; same: number }> => {
  const begin = performance.now();
  const outputs = await Promise.all(Array.from({ length: count }, () => one(cli, command)));
  return {
    seconds: (performance.now() - begin) / 1000,
    same: outputs.filter((output) => output === outputs[0]).length,
  };
};
