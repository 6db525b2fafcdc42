import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { operatorsQuery } from '../api/queries.js';
import { mentionAt, mentioned } from './mention-at.js';
import { SuggestionList, useSuggestions, type Suggestions } from './suggestions.js';

type Colleague = Pick<Schemas['OperatorView'], 'id' | 'code' | 'name'> & {
  readonly office: string;
  readonly label: string;
};

interface Asked {
  readonly text: string;
  /** Where one writes in the text. */
  readonly caret: number;
  /** The text with a colleague named in it, and where one goes on writing. */
  readonly onNamed: (text: string, caret: number) => void;
}

/** The colleagues, asked for by «@» in a note, found by what follows it: a part of their name or of their code. */
export function useMentions({ text, caret, onNamed }: Asked): Suggestions<Colleague> {
  const asked = mentionAt(text, caret);
  const operators = useQuery({ ...operatorsQuery, enabled: asked !== undefined });
  return useSuggestions({
    asked: asked && { letters: asked.letters, place: asked.from },
    all: (operators.data?.items ?? [])
      .filter(({ active }) => active)
      .map(({ id, code, name, office }) => ({ id, code, name, office: office.name, label: `${name} ${code}` })),
    loading: operators.isPending,
    keys: ['Enter', 'Tab'],
    choose: ({ code }) => {
      if (!asked) return;
      const next = mentioned(text, asked.from, caret, code);
      onNamed(next.text, next.caret);
    },
  });
}

/** The colleagues that fit what was typed. */
export function MentionList({ mentions }: { readonly mentions: Suggestions<Colleague> }) {
  const { t } = useTranslation();
  return (
    <SuggestionList
      of={mentions}
      label={t('work.mention.label')}
      hint={t('work.mention.hint')}
      none={t('work.mention.none')}
    >
      {({ name, code, office }) => (
        <>
          <strong className="grow cut">{name}</strong>
          <small className="soft">
            @{code} · {office}
          </small>
        </>
      )}
    </SuggestionList>
  );
}
