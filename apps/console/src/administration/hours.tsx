import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, taken, versionTag, type Schemas } from '../api/client.js';
import { Button } from '../ui/button.js';
import { Edit } from '../ui/edit.js';
import { Select, TextInput } from '../ui/field.js';
import { useChoices } from './choices.js';
import { hoursOf, slotsOf, type Slot } from './slots.js';

interface HoursProps {
  readonly office: Schemas['OfficeDetail'];
  readonly onClose: () => void;
}

/** When an office is open, day by day; on one channel otherwise than on the rest, if need be. */
export function HoursDialog({ office, onClose }: HoursProps) {
  const { t } = useTranslation();
  const { channels, weekdays } = useChoices();
  const [slots, setSlots] = useState<readonly Slot[]>(() => slotsOf(office.hours));
  const change = (index: number, part: Partial<Slot>): void =>
    setSlots(now => now.map((one, at) => (at === index ? { ...one, ...part } : one)));
  const add = (): void => {
    const last = slots.at(-1);
    const weekday = last ? Math.min(last.weekday + 1, 7) : 1;
    setSlots(now => [
      ...now,
      { weekday, from: last?.from ?? '08:30', to: last?.to ?? '13:00', channel: last?.channel ?? '' },
    ]);
  };
  return (
    <Edit
      title={t('administration.hours.of', { name: office.name })}
      wide
      onClose={onClose}
      reads={['office']}
      done={t('administration.saved')}
      run={() =>
        taken(
          api.PUT('/api/offices/{id}/hours', {
            params: { path: { id: office.id }, header: { 'If-Match': versionTag(office.version) } },
            body: { hours: hoursOf(slots, office.hours) },
          }),
        )
      }
      beside={<Button onPress={add}>{t('administration.hours.add')}</Button>}
    >
      {mistake => (
        <>
          <p className="soft">{t('administration.hours.lead')}</p>
          {mistake('/hours') !== undefined && <p className="error">{mistake('/hours')}</p>}
          {slots.map((slot, index) => (
            <fieldset key={index} className="field slot">
              <legend className="hidden">{t('administration.hours.slot', { number: index + 1 })}</legend>
              <Select
                label={t('supervision.day')}
                value={String(slot.weekday)}
                options={weekdays}
                onChange={weekday => change(index, { weekday: Number(weekday) })}
              />
              <TextInput
                type="time"
                label={t('administration.hours.from')}
                value={slot.from}
                onChange={from => change(index, { from })}
              />
              <TextInput
                type="time"
                label={t('administration.hours.to')}
                value={slot.to}
                onChange={to => change(index, { to })}
              />
              <Select
                label={t('supervision.channel.name')}
                value={slot.channel}
                options={channels}
                empty={t('administration.hours.all')}
                onChange={channel => change(index, { channel })}
              />
              <Button
                icon="cross"
                label={t('administration.hours.removeSlot', { number: index + 1 })}
                onPress={() => setSlots(now => now.filter((_, at) => at !== index))}
              />
            </fieldset>
          ))}
          {slots.length === 0 && <p className="soft">{t('administration.hours.inherited')}</p>}
        </>
      )}
    </Edit>
  );
}
