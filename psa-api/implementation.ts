/** Every psa_* function that is implemented; the function table's other rows answer PSA_ERROR_NOT_SUPPORTED. */
import type { Handlers } from './generated/handlers.ts';
import { aeadHandlers } from './operations/aead.ts';
import { asymmetricEncryptionHandlers } from './operations/asymmetric-encryption.ts';
import { checkKeyUsageHandlers } from './operations/check-key-usage.ts';
import { cipherHandlers } from './operations/cipher.ts';
import { deviceHandlers } from './operations/device.ts';
import { hashHandlers } from './operations/hash.ts';
import { initialAttestationHandlers } from './operations/initial-attestation.ts';
import { internalTrustedStorageHandlers } from './operations/internal-trusted-storage.ts';
import { keyAgreementHandlers } from './operations/key-agreement.ts';
import { keyDerivationHandlers } from './operations/key-derivation.ts';
import { keyEncapsulationHandlers } from './operations/key-encapsulation.ts';
import { keyHandleHandlers } from './operations/key-handles.ts';
import { keyManagementHandlers } from './operations/key-management.ts';
import { keyWrapHandlers } from './operations/key-wrap.ts';
import { macHandlers } from './operations/mac.ts';
import { multiPartSignatureHandlers } from './operations/multi-part-signature.ts';
import { pakeHandlers } from './operations/pake.ts';
import { randomHandlers } from './operations/random.ts';
import { signatureHandlers } from './operations/signature.ts';
import { xofHandlers } from './operations/xof.ts';
import type { Services } from './services.ts';

export const implementation = (services: Services): Partial<Handlers> => ({
  psa_crypto_init: () => [],
  ...keyManagementHandlers(services),
  ...checkKeyUsageHandlers(services),
  ...keyHandleHandlers(services),
  ...hashHandlers(services),
  ...macHandlers(services),
  ...cipherHandlers(services),
  ...aeadHandlers(services),
  ...keyDerivationHandlers(services),
  ...signatureHandlers(services),
  ...multiPartSignatureHandlers(services),
  ...asymmetricEncryptionHandlers(services),
  ...keyAgreementHandlers(services),
  ...keyEncapsulationHandlers(services),
  ...pakeHandlers(services),
  ...randomHandlers(services),
  ...xofHandlers(services),
  ...keyWrapHandlers(services),
  ...internalTrustedStorageHandlers(services),
  ...initialAttestationHandlers(services),
  ...deviceHandlers(services),
});
