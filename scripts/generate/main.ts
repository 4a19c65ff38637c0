/**
 * Writes every file that follows from the function table and the profiles; `--check` compares instead and fails on drift.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cHeader, cProtocol, cStubs } from './c.ts';
import {
  amalgamatedControl,
  amalgamatedControlHeader,
  amalgamatedFramework,
  amalgamatedHeader,
  amalgamatedServices,
  amalgamatedServicesHeader,
  amalgamatedSource,
  certificateHeader,
  certificateSource,
} from './c-amalgamation.ts';
import { cControlNames, cControlStubs, cFunctionsHeader } from './c-control.ts';
import { cAttestationHeader, cAttestationStubs, cStorageHeader, cStorageStubs } from './c-services.ts';
import { codec } from './codec.ts';
import { diagnosePage } from './diagnose.ts';
import { faultsPage } from './faults.ts';
import { fidelity } from './fidelity.ts';
import { handlers } from './handlers.ts';
import { psa } from './psa.ts';
import { reference } from './reference.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const C_CLIENT = join(ROOT, 'clients/c');

/** Path from the project's root -> its content. */
const FILES: ReadonlyMap<string, () => string> = new Map([
  ['clients/c/amalgamation/h5sm_ctl.c', amalgamatedControl(C_CLIENT)],
  ['clients/c/amalgamation/h5sm_ctl.h', amalgamatedControlHeader(C_CLIENT)],
  ['clients/c/amalgamation/h5sm_ipc.c', amalgamatedFramework(C_CLIENT)],
  ['clients/c/amalgamation/h5sm_psa.c', amalgamatedSource(C_CLIENT)],
  ['clients/c/amalgamation/h5sm_psa.h', amalgamatedHeader(C_CLIENT)],
  ['clients/c/amalgamation/h5sm_services.c', amalgamatedServices(C_CLIENT)],
  ['clients/c/amalgamation/h5sm_services.h', amalgamatedServicesHeader(C_CLIENT)],
  ['clients/c/amalgamation/stm32_cert.c', certificateSource(C_CLIENT)],
  ['clients/c/amalgamation/stm32_cert.h', certificateHeader(C_CLIENT)],
  ['clients/c/include/h5sm/functions.h', cFunctionsHeader],
  ['clients/c/include/psa/crypto.h', cHeader],
  ['clients/c/include/psa/initial_attestation.h', cAttestationHeader],
  ['clients/c/include/psa/internal_trusted_storage.h', cStorageHeader],
  ['clients/c/src/control_names.c', cControlNames],
  ['clients/c/src/control_stubs.c', cControlStubs],
  ['clients/c/src/h5sm_protocol.h', cProtocol],
  ['clients/c/src/psa_attestation_stubs.c', cAttestationStubs],
  ['clients/c/src/psa_storage_stubs.c', cStorageStubs],
  ['clients/c/src/psa_stubs.c', cStubs],
  ['docs/diagnose.md', diagnosePage],
  ['docs/faults.md', faultsPage],
  ['docs/fidelity.md', fidelity],
  ['docs/functions.md', reference],
  ['psa-api/generated/handlers.ts', handlers],
  ['psa-api/generated/psa.ts', psa],
  ['rpc/generated/codec.ts', codec],
]);

const current = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

const check = process.argv.includes('--check');
const drifted: string[] = [];
for (const [path, content] of FILES) {
  const file = join(ROOT, path);
  const wanted = content();
  if (current(file) === wanted) continue;
  drifted.push(path);
  if (check) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, wanted);
}
if (check && drifted.length > 0) {
  console.error(`generated files differ from their sources: ${drifted.join(', ')}; run: npm run generate`);
  process.exitCode = 1;
} else {
  console.log(
    check
      ? `${FILES.size} generated files are current`
      : `wrote ${drifted.length} of ${FILES.size} generated files`,
  );
}
