import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { purposesQuery } from '../api/queries.js';

/** What people call the purpose of a code: in the language of who reads, else in Italian; the code until it is known. */
export function usePurposeName(): (code: string) => string {
  const { i18n } = useTranslation();
  const purposes = useQuery(purposesQuery);
  return code => {
    const texts = purposes.data?.find(one => one.code === code)?.texts ?? [];
    const words =
      texts.find(({ language }) => language === i18n.language) ?? texts.find(({ language }) => language === 'it');
    return words?.name ?? code;
  };
}
