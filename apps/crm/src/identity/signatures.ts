/** Signatures that prove who signed. None by a shared secret, and not `none`. */
export const SIGNATURES = [
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
  'EdDSA',
  'Ed25519',
];
