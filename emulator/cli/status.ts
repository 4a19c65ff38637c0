/** `h5sm status`: what a running emulator holds. */
import type { StatusReport } from '../../psa-api/service.ts';
import { ask, endpointOf } from './ask.ts';
import { hex, print, table } from './print.ts';
import type { Run } from './verbs.ts';

const operations = (report: StatusReport): string =>
  report.operations.length === 0
    ? ''
    : `\n${table([
        ['operation', 'family', 'alg', 'owner', 'connection', 'state'],
        ...report.operations.map((o) => [
          `${o.handle}`,
          o.family,
          hex(o.alg),
          `${o.owner}`,
          `${o.connection}`,
          o.failed ? 'failed' : 'active',
        ]),
      ])}`;

export const run: Run = async (invocation) => {
  const report = await ask<StatusReport>(invocation, '/v1/status');
  print(
    invocation,
    report,
    ({ profile, insecureSeed, store, productState, boardTime, connections, calls, keys }) =>
      [
        table([
          ['endpoint', endpointOf(invocation)],
          ['profile', profile],
          ['seed', insecureSeed ?? 'system entropy'],
          ['store', store],
          ['state', productState],
          ['board time', `${(boardTime / 1e6).toFixed(3)} ms`],
          ['connections', `${connections}`],
          ['calls', `${calls}`],
          ['keys', `${keys.volatile} volatile, ${keys.persistent} persistent, ${keys.builtIn} built-in`],
          ['operations', `${report.operations.length} open`],
        ]),
        operations(report),
      ].join(''),
  );
  return 0;
};
