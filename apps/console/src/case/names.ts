import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { officesQuery, operatorsQuery } from '../api/queries.js';
import type { Names } from './facts.js';

/** Names of offices and people, by id. */
export function useNames(): Names {
  const offices = useQuery(officesQuery);
  const operators = useQuery(operatorsQuery);
  return useMemo(() => {
    const officeNames = new Map(offices.data?.items.map(({ id, name }) => [id, name]));
    const operatorNames = new Map(operators.data?.items.map(({ id, name }) => [id, name]));
    return { office: id => officeNames.get(id), operator: id => operatorNames.get(id) };
  }, [offices.data, operators.data]);
}
