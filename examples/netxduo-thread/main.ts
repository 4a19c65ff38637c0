/** `npm run thread [variant, suite or profile...]`. */
import { thread } from './thread.ts';

// Leaving through process.exit, so that workspaces hear of it.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => process.exit(code));
}

try {
  process.exitCode = await thread(process.argv.slice(2), (text) => process.stdout.write(text));
} catch (error) {
  // A tool that is missing, for instance
  process.stderr.write(`thread: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
