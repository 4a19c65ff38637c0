import { PSA_ERROR_BAD_STATE } from '../../../psa-api/status.ts';
import { onCall, type Rule } from '../finding.ts';
import { answered } from '../words.ts';

export const missingInit: Rule = {
  name: 'missing-init',
  title: 'psa_crypto_init is missing',
  explanation:
    'Every function but the initializers and psa_*_abort answers PSA_ERROR_BAD_STATE until psa_crypto_init has ' +
    'succeeded (PSA Crypto 1.3, library initialization). A reset of the device undoes it. The Secure Manager does not ask for it, so the ' +
    'same firmware works on the board and fails on other implementations.',
  fix: 'Call psa_crypto_init once at start, before any other psa_* function, and look at its status.',
  look: onCall(({ event, row, connection, evidence }, { profile }) => {
    if (event.status !== PSA_ERROR_BAD_STATE || connection.initialized) return undefined;
    if (row.library !== 'crypto' || profile?.facts.initialized.value === true) return undefined;
    return {
      certainty: 'certain',
      what: `${answered(evidence)}: psa_crypto_init has not been called on connection ${event.connection}.`,
      evidence: [evidence],
      subject: event.connection,
    };
  }),
};
