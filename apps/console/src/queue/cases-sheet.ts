import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { casesPage, type ListSource } from '../api/queries.js';
import { useChannelName } from '../case/message.js';
import { MOST_ROWS, type Sheet } from '../ui/cell.js';

/** Reads a whole list for a file, a page after the other; one row more than a file bears is enough to know that it is too long. */
export function useCasesSheet(): (source: ListSource) => Promise<Sheet> {
  const { t } = useTranslation();
  const channelName = useChannelName();
  return async source => {
    const cases: Schemas['CaseSummary'][] = [];
    let after: string | undefined;
    do {
      const page = await casesPage(source, after, undefined);
      cases.push(...page.items);
      after = page.next;
    } while (after !== undefined && cases.length <= MOST_ROWS);
    return {
      titles: [
        t('supervision.case'),
        t('form.subject'),
        t('supervision.wallboard.state'),
        t('form.category'),
        t('form.priority'),
        t('supervision.office'),
        t('supervision.operator'),
        t('supervision.channel.name'),
        t('supervision.map.opened'),
        t('deadline.title'),
      ],
      kinds: [...Array.from({ length: 8 }, () => undefined), 'instant', 'instant'],
      rows: cases.map(one => [
        one.number,
        one.subject,
        t(`state.${one.state}`),
        one.category?.label,
        t(`priority.${one.priority}`),
        one.office?.name,
        one.assignee?.name,
        one.channel === undefined ? undefined : channelName(one.channel),
        one.openedAt,
        one.nextDueAt,
      ]),
    };
  };
}
