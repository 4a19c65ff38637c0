/**
 * The functions of the Secure Manager's services beside Crypto, as rows of the function table: Internal Trusted
 * Storage (PSA Secure Storage API 1.0, 5.3), Initial Attestation (PSA Attestation API 1.0), Firmware Update 0.7 and the
 * life cycle call; and what firmware does without any service on the board. Their groups have numbers of their own, far
 * above those of Crypto.
 */
import { bytes, type FunctionRow, fill, groupRows, type Param, scalar, size, sizeOut } from './parameters.ts';

const uid: Param = scalar('uid', 'u64', 'psa_storage_uid_t');

export const SERVICE_FUNCTIONS: readonly FunctionRow[] = [
  ...groupRows('its', 0x40, 'internal trusted storage', [
    [
      'psa_its_set',
      '1.0',
      [
        uid,
        { kind: 'bytes', name: 'p_data', length: 'data_length', ofStorage: true },
        scalar('create_flags', 'u32', 'psa_storage_create_flags_t'),
      ],
    ],
    [
      'psa_its_get',
      '1.0',
      [
        uid,
        size('data_offset'),
        { kind: 'room', name: 'p_data', size: 'data_size', length: 'p_data_length', ofStorage: true },
      ],
    ],
    ['psa_its_get_info', '1.0', [uid, { kind: 'storage-info-out', name: 'p_info' }]],
    ['psa_its_remove', '1.0', [uid]],
  ]),
  ...groupRows('attestation', 0x41, 'initial attestation', [
    [
      'psa_initial_attest_get_token',
      '1.0',
      [
        bytes('auth_challenge', 'challenge_size'),
        { kind: 'room', name: 'token_buf', size: 'token_buf_size', length: 'token_size' },
      ],
    ],
    ['psa_initial_attest_get_token_size', '1.0', [size('challenge_size'), sizeOut('token_size')]],
  ]),
  // There is no firmware to update. psa_fwu_set_manifest is declared on the board and has no code there: nor here.
  ...groupRows('fwu', 0x42, 'firmware update', [
    ['psa_fwu_write', '0.7', 'refused'],
    ['psa_fwu_install', '0.7', 'refused'],
    ['psa_fwu_abort', '0.7', 'refused'],
    ['psa_fwu_query', '0.7', 'refused'],
    ['psa_fwu_request_reboot', '0.7', 'refused'],
    ['psa_fwu_accept', '0.7', 'refused'],
    ['psa_fwu_request_rollback', '0.7', 'refused'],
    ['psa_fwu_get_image_id_iterator', '0.7', 'refused'],
    ['psa_fwu_get_image_id_next', '0.7', 'refused'],
    ['psa_fwu_get_image_id_valid', '0.7', 'refused'],
    ['psa_fwu_get_image_id', '0.7', 'refused'],
  ]),
  ...groupRows('lifecycle', 0x43, 'life cycle', [['psa_rot_lifecycle_state', '1.0', 'local']]),
  ...groupRows('device', 0x50, 'device', [
    [
      'h5sm_read_system_flash',
      '0.1',
      [scalar('address', 'u32', 'uint32_t'), fill('output', 'output_length')],
    ],
  ]),
];
