import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { api, Refusal, taken, type Schemas } from '../api/client.js';
import { place } from '../app/routes.js';
import { useChange } from '../ui/act.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Select } from '../ui/field.js';
import { Problem, whyNot } from '../ui/problem.js';
import { Read } from '../ui/read.js';

type Previews = Schemas['MemberPreviews'];
type Member = Schemas['MemberPreview'];

interface IncidentDialogProps {
  /** The cases, the oldest first: the first that can lead the others is proposed as their head. */
  readonly cases: readonly string[];
  readonly onClose: () => void;
}

/** Makes an incident of cases: who leads and what becomes of each is shown before anything is changed; then the head is opened. */
export function IncidentDialog({ cases, onClose }: IncidentDialogProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<string>();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const previews = useQuery({
    queryKey: ['member-previews', cases, asked],
    queryFn: () => (asked === undefined ? firstThatLeads(cases) : preview(asked, cases)),
    retry: false,
    staleTime: 0,
    placeholderData: before => before,
  });
  return (
    <Dialog title={t('supervision.incident.title')} onClose={onClose} wide>
      <Read query={previews}>
        {data => (
          <div className="form">
            <Select
              label={t('supervision.incident.head')}
              hint={t('supervision.incident.headHint')}
              value={data.head.id}
              options={[data.head, ...data.items.map(one => one.case)]
                .toSorted((one, other) => cases.indexOf(one.id) - cases.indexOf(other.id))
                .map(({ id, number, subject }) => [id, `${number} ${subject}`])}
              onChange={setAsked}
            />
            {previews.error && <Problem fault={previews.error} />}
            <Members
              previews={data}
              left={left}
              onLeft={(id, out) => setLeft(now => new Set(out ? [...now, id] : [...now].filter(other => other !== id)))}
            />
            <Act
              previews={data}
              chosen={data.items.filter(one => canCome(one) && !left.has(one.case.id))}
              onClose={onClose}
            />
          </div>
        )}
      </Read>
    </Dialog>
  );
}

const preview = (head: string, cases: readonly string[]): Promise<Previews> =>
  taken(
    api.POST('/api/cases/{id}/member-previews', {
      params: { path: { id: head } },
      body: { cases: cases.filter(id => id !== head) },
    }),
  );

/** With the first of them as head that can be one. */
async function firstThatLeads([head, ...later]: readonly string[], all?: readonly string[]): Promise<Previews> {
  const cases = all ?? [head, ...later].filter(id => id !== undefined);
  try {
    return await preview(head ?? '', cases);
  } catch (fault) {
    if (later.length > 0 && fault instanceof Refusal && fault.problem === 'transition-not-allowed')
      return firstThatLeads(later, cases);
    throw fault;
  }
}

const canCome = ({ problem, already }: Member): boolean => problem === undefined && !already;

interface MembersProps {
  readonly previews: Previews;
  readonly left: ReadonlySet<string>;
  readonly onLeft: (id: string, out: boolean) => void;
}

/** Each case with what would become of it; one that is of another matter is left out. */
function Members({ previews: { office, items }, left, onLeft }: MembersProps) {
  const { t } = useTranslation();
  const becomes = ({ problem, already, moves }: Member): string => {
    if (already) return t('supervision.incident.already');
    if (problem !== undefined) return t('supervision.incident.cannot');
    return moves ? t('supervision.incident.moves', { office: office?.name ?? '' }) : t('supervision.incident.stays');
  };
  return (
    <div className="table-scroll" role="region" aria-label={t('supervision.incident.cases')} tabIndex={0}>
      <table className="table">
        <caption className="hidden">{t('supervision.incident.cases')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('supervision.case')}</th>
            <th scope="col">{t('supervision.incident.becomes')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(one => (
            <tr key={one.case.id}>
              <th scope="row">
                <label className="check">
                  <input
                    type="checkbox"
                    disabled={!canCome(one)}
                    checked={canCome(one) && !left.has(one.case.id)}
                    onChange={event => onLeft(one.case.id, !event.target.checked)}
                  />
                  <span>
                    <span className="mono">{one.case.number}</span> {one.case.subject}
                  </span>
                </label>
              </th>
              <td>
                {becomes(one)}
                {one.detail !== undefined && <p className="small soft">{whyNot(t, one.problem ?? '', one.detail)}</p>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ActProps {
  readonly previews: Previews;
  readonly chosen: readonly Member[];
  readonly onClose: () => void;
}

function Act({ previews: { head }, chosen, onClose }: ActProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const open = (): void => {
    onClose();
    go(place.case('open', head.id));
  };
  const make = useChange({
    run: () =>
      taken(
        api.POST('/api/cases/{id}/members', {
          params: { path: { id: head.id } },
          body: { cases: chosen.map(one => one.case.id) },
        }),
      ),
    reads: ['spikes', 'map', 'cases', 'wallboard', 'relations', 'case', 'member-previews'],
    done: t('supervision.incident.done', { count: chosen.length, number: head.number }),
    then: open,
  });
  return (
    <>
      <p role="status">{t('supervision.incident.would', { count: chosen.length })}</p>
      {make.error && <Problem fault={make.error} />}
      <div className="buttons">
        <Button onPress={onClose}>{t('app.cancel')}</Button>
        <Button onPress={open}>{t('supervision.incident.open')}</Button>
        <Button kind="primary" disabled={chosen.length === 0 || make.isPending} onPress={() => make.mutate(undefined)}>
          {t('supervision.incident.make', { count: chosen.length + 1 })}
        </Button>
      </div>
    </>
  );
}
