import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, taken, type Schemas } from '../api/client.js';
import { templatesQuery } from '../api/queries.js';
import { SuggestionList, useSuggestions, type Suggestions } from './suggestions.js';

type Template = Schemas['TemplateView'] & { readonly label: string };

interface Asked {
  readonly text: string;
  readonly caseId: string;
  readonly channel: string;
  /** The words of the template that was chosen, filled from the case. */
  readonly onFilled: (text: string) => void;
  readonly onFault: (fault: unknown) => void;
}

/** The reply templates, asked for by a «/» at the beginning, found by what follows it. */
export function useTemplates({ text, caseId, channel, onFilled, onFault }: Asked): Suggestions<Template> {
  const wanted = text.startsWith('/') && !text.includes('\n');
  const templates = useQuery({ ...templatesQuery, enabled: wanted });
  return useSuggestions({
    asked: wanted ? { letters: text.slice(1), place: text } : undefined,
    all: (templates.data?.items ?? [])
      .filter(({ purpose, retired }) => purpose !== 'notification' && !retired)
      .map(template => ({ ...template, label: `${template.name} ${template.code}` })),
    loading: templates.isPending,
    keys: ['Enter'],
    choose: template => {
      taken(api.POST('/api/template-previews', { body: { template: template.id, case: caseId, channel } }))
        .then(({ text: full, shortText, channels }) => {
          const short = channels.find(one => one.channel === channel)?.variant === 'short';
          onFilled(short ? (shortText ?? full) : full);
        })
        .catch(onFault);
    },
  });
}

/** The templates that fit what was typed. */
export function TemplateList({ templates }: { readonly templates: Suggestions<Template> }) {
  const { t } = useTranslation();
  return (
    <SuggestionList
      of={templates}
      label={t('composer.templates')}
      hint={t('composer.templatesHint')}
      none={t('composer.noTemplates')}
    >
      {({ name, text, language }) => (
        <>
          <span className="grow">
            <strong>{name}</strong>
            <span className="small soft cut templates-words">{text}</span>
          </span>
          <small className="soft">{language}</small>
        </>
      )}
    </SuggestionList>
  );
}
