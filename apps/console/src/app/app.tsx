import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { I18nProvider } from 'react-aria-components';
import { Router } from 'wouter';
import { Refusal } from '../api/client.js';
import { meQuery } from '../api/queries.js';
import { Boundary } from '../ui/boundary.js';
import { SaidHere } from '../ui/said.js';
import { FollowsHere } from './live.js';
import { BASE } from './routes.js';
import { SessionGate } from './session.js';
import { Shell } from './shell.js';

const HALF_MINUTE = 30_000;
const QUARTER = 15 * 60_000;

/** Whether trying again by itself may help: nobody answered, or not now. */
const mayHelp = (fault: Error): boolean => fault instanceof Refusal && [0, 429, 503].includes(fault.status);

/** What was read from the API, for the whole console. */
export function newClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: HALF_MINUTE,
        gcTime: QUARTER,
        networkMode: 'always',
        retry: (failures, fault) => failures < 3 && mayHelp(fault),
      },
      mutations: { networkMode: 'always' },
    },
    queryCache: new QueryCache({
      onError: (fault, query) => {
        const ended =
          fault instanceof Refusal &&
          fault.problem === 'not-authenticated' &&
          query.queryKey[0] !== meQuery.queryKey[0];
        // Before anybody was let in, who one is is being asked already.
        if (ended && client.getQueryData(meQuery.queryKey) !== undefined)
          void client.invalidateQueries({ queryKey: ['me'] });
      },
    }),
  });
  return client;
}

/** The console. */
export function App({ client }: { readonly client: QueryClient }) {
  const { i18n } = useTranslation();
  return (
    <QueryClientProvider client={client}>
      <I18nProvider locale={i18n.language === 'en' ? 'en-GB' : 'it-IT'}>
        <Router base={BASE}>
          <Boundary>
            <SessionGate>
              <FollowsHere>
                <Shell />
              </FollowsHere>
            </SessionGate>
          </Boundary>
          <SaidHere />
        </Router>
      </I18nProvider>
    </QueryClientProvider>
  );
}
