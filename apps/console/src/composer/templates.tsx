import { useQuery } from '@tanstack/react-query';
import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, taken, type Schemas } from '../api/client.js';
import { templatesQuery } from '../api/queries.js';
import { found } from '../palette/find.js';

type Template = Schemas['TemplateView'] & { readonly label: string };

/** So many that they stand over the text without scrolling. */
const LISTED = 6;

interface Asked {
  readonly text: string;
  readonly caseId: string;
  readonly channel: string;
  /** The words of the template that was chosen, filled from the case. */
  readonly onFilled: (text: string) => void;
  readonly onFault: (fault: unknown) => void;
}

export interface Templates {
  readonly open: boolean;
  readonly listId: string;
  readonly activeId: string | undefined;
  readonly shown: readonly Template[];
  readonly loading: boolean;
  readonly at: number;
  readonly choose: (template: Template) => void;
  /** Whether the key was one of the list's. */
  readonly pressed: (event: KeyboardEvent) => boolean;
}

/** The reply templates, asked for by a «/» at the beginning, found by what follows it. */
export function useTemplates({ text, caseId, channel, onFilled, onFault }: Asked): Templates {
  const listId = useId();
  const wanted = text.startsWith('/') && !text.includes('\n');
  const [shut, setShut] = useState<string>();
  const open = wanted && shut !== text;
  const templates = useQuery({ ...templatesQuery, enabled: open });
  const [marked, setMarked] = useState(0);
  const all = (templates.data?.items ?? [])
    .filter(({ purpose, retired }) => purpose !== 'notification' && !retired)
    .map(template => ({ ...template, label: `${template.name} ${template.code}` }));
  const shown = open ? found(all, text.slice(1)).slice(0, LISTED) : [];
  const at = Math.min(marked, Math.max(0, shown.length - 1));
  const choose = (template: Template): void => {
    taken(api.POST('/api/template-previews', { body: { template: template.id, case: caseId, channel } }))
      .then(({ text: full, shortText, channels }) => {
        const short = channels.find(one => one.channel === channel)?.variant === 'short';
        onFilled(short ? (shortText ?? full) : full);
      })
      .catch(onFault);
  };
  const pressed = (event: KeyboardEvent): boolean => {
    if (!open || !(event.target instanceof HTMLTextAreaElement)) return false;
    const last = shown.length - 1;
    const template = shown[at];
    if (event.key === 'ArrowDown') setMarked(at >= last ? 0 : at + 1);
    else if (event.key === 'ArrowUp') setMarked(at <= 0 ? last : at - 1);
    else if (event.key === 'Enter' && template && !event.ctrlKey && !event.metaKey) choose(template);
    else if (event.key === 'Escape') setShut(text);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return {
    open,
    listId,
    activeId: shown.length > 0 ? `${listId}-${at}` : undefined,
    shown,
    loading: templates.isPending,
    at,
    choose,
    pressed,
  };
}

/** The templates that fit what was typed. */
export function TemplateList({ templates }: { readonly templates: Templates }) {
  const { t } = useTranslation();
  const { open, listId, shown, loading, at, choose } = templates;
  if (!open) return null;
  return (
    <div className="popover templates">
      <p className="small soft" role="status">
        {loading ? t('app.loading') : shown.length === 0 ? t('composer.noTemplates') : t('composer.templatesHint')}
      </p>
      <ul id={listId} role="listbox" tabIndex={-1} aria-label={t('composer.templates')}>
        {shown.map((template, index) => (
          <li
            key={template.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === at}
            className="palette-item"
            // The text keeps the focus.
            onPointerDown={event => event.preventDefault()}
            onClick={() => choose(template)}
          >
            <span className="grow">
              <strong>{template.name}</strong>
              <span className="small soft cut templates-words">{template.text}</span>
            </span>
            <small className="soft">{template.language}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}
