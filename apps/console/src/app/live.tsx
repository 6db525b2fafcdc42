import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Live, type Connection } from '../api/live.js';
import { LiveUpdates } from '../api/live-updates.js';
import { announce } from '../ui/said.js';

type Hear = (name: string, data: unknown) => void;

interface LiveHere {
  readonly connection: Connection;
  readonly hurry: () => void;
  readonly hear: (listener: Hear) => () => void;
}

const Here = createContext<LiveHere | undefined>(undefined);

export function useLive(): LiveHere {
  const live = use(Here);
  if (!live) throw new Error('nothing is followed here');
  return live;
}

/** Hears every event of the stream while it is on the page. */
export function useEvents(listener: Hear): void {
  const { hear } = useLive();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => hear((name, data) => latest.current(name, data)), [hear]);
}

/** Follows what happens, for everything on the page. */
export function FollowsHere({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const { t } = useTranslation();
  const [connection, setConnection] = useState<Connection>('connecting');
  const listeners = useRef(new Set<Hear>());
  const live = useRef<Live>(undefined);
  const before = useRef<Connection>('connecting');
  useEffect(() => {
    const updates = new LiveUpdates(client, {
      event: (name, data) => {
        for (const hear of listeners.current) hear(name, data);
      },
      connection: setConnection,
    });
    const following = new Live(updates);
    live.current = following;
    return () => following.close();
  }, [client]);
  useEffect(() => {
    if (connection === 'lost') announce(t('app.offline'));
    if (connection === 'open' && before.current === 'lost') announce(t('app.healed'));
    if (connection === 'over') void client.invalidateQueries({ queryKey: ['me'] });
    before.current = connection;
  }, [connection, client, t]);
  const here = useMemo<LiveHere>(
    () => ({
      connection,
      hurry: () => live.current?.hurry(),
      hear: listener => {
        listeners.current.add(listener);
        return () => listeners.current.delete(listener);
      },
    }),
    [connection],
  );
  return <Here value={here}>{children}</Here>;
}
