import { createContext, use, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';

/** Where an action is found in the palette. */
type Group = 'here' | 'go' | 'you';

/** Something that can be done now: by its button, by its key, by the palette. */
export interface Action {
  /** Stable: keys are kept under it. */
  readonly id: string;
  readonly label: string;
  readonly group: Group;
  readonly run: () => void;
}

type Sets = ReadonlyMap<string, readonly Action[]>;

interface Actions {
  readonly all: readonly Action[];
  readonly offer: (owner: string, actions: readonly Action[]) => void;
  readonly withdraw: (owner: string) => void;
}

const Here = createContext<Actions | undefined>(undefined);

const useHere = (): Actions => {
  const actions = use(Here);
  if (!actions) throw new Error('nothing can be done here');
  return actions;
};

/** Everything that can be done now. */
export const useActions = (): readonly Action[] => useHere().all;

/** Gathers what the parts of the page can do. */
export function ActionsHere({ children }: { readonly children: ReactNode }) {
  const [sets, setSets] = useState<Sets>(new Map());
  const value = useMemo<Actions>(
    () => ({
      all: [...sets.values()].flat(),
      offer: (owner, actions) => setSets(now => new Map(now).set(owner, actions)),
      withdraw: owner =>
        setSets(now => {
          const rest = new Map(now);
          rest.delete(owner);
          return rest;
        }),
    }),
    [sets],
  );
  return <Here value={value}>{children}</Here>;
}

/** Says what this part of the page can do while it is there. What an action does is looked up when it is done. */
export function useOffered(owner: string, actions: readonly Action[]): void {
  const { offer, withdraw } = useHere();
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  const shape = actions.map(({ id, label, group }) => `${group} ${id} ${label}`).join('\n');
  const change = useRef({ offer, withdraw });
  useEffect(() => {
    change.current = { offer, withdraw };
  });
  useEffect(() => {
    change.current.offer(
      owner,
      latest.current.map(action => ({
        ...action,
        run: () => latest.current.find(({ id }) => id === action.id)?.run(),
      })),
    );
  }, [owner, shape]);
  useEffect(() => () => change.current.withdraw(owner), [owner]);
}
