import { startCitizenSimulator, startIdentitySimulator } from '@filodiretto/simulators/identity';
import type { IdentityProviderOptions } from './identity-provider.js';

/** The identity provider of demonstrations and tests, in a process of its own, as a real one is. */
if (process.env.NODE_ENV === 'production') {
  console.error('This identity provider asks nobody for a password: it refuses to run in production.');
  process.exit(1);
}
const options = JSON.parse(process.env.IDENTITY_PROVIDER ?? '{}') as IdentityProviderOptions;
const provider = await startIdentitySimulator(options);
const citizens = await startCitizenSimulator(options.citizens);
console.log(`the identity provider of the demonstration is at ${provider.issuer}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void Promise.all([provider.close(), citizens.close()]).then(() => process.exit(0)));
