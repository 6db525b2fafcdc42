import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, taken, type Schemas } from '../api/client.js';
import { bytes } from '../i18n/format.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { useProblemWords } from '../ui/problem.js';
import { announce } from '../ui/said.js';
import { hindranceOf } from './possible.js';

type Upload = Schemas['UploadView'];

interface AttachmentsProps {
  readonly files: readonly Upload[];
  readonly can: Schemas['Capabilities'];
  /** Nothing can be chosen yet, or any more: a file would be put nowhere. */
  readonly disabled: boolean;
  readonly onChange: (files: readonly Upload[]) => void;
  /** Whether a file that was chosen is still on its way: what goes without it would not be what was meant. */
  readonly onLoading: (loading: boolean) => void;
}

const upload = (file: File): Promise<Upload> =>
  taken(
    api.POST('/api/uploads', {
      body: { file: '' },
      bodySerializer: () => {
        const form = new FormData();
        form.append('file', file, file.name);
        return form;
      },
    }),
  );

/** The files that go with a reply, as many, as large and of such sorts as the channel takes. */
export function Attachments({ files, can, disabled, onChange, onLoading }: AttachmentsProps) {
  const { t } = useTranslation();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const words = useProblemWords();
  const [loading, setLoading] = useState<string>();
  const [mistake, setMistake] = useState<string>();
  // What is there when a file has come, not when it was chosen.
  const latest = useRef(files);
  useEffect(() => {
    latest.current = files;
  }, [files]);
  const limit = can.attachments;
  if (!limit) return null;
  const wrong = (text: string): void => {
    setMistake(text);
    announce(text);
  };
  const add = async (chosen: readonly File[]): Promise<void> => {
    setMistake(undefined);
    for (const file of chosen) {
      const hindrance = hindranceOf(file, latest.current.length, can);
      if (hindrance === 'too-many') return wrong(t('composer.fileTooMany', { max: limit.max }));
      if (hindrance === 'too-large')
        wrong(t('composer.fileTooLarge', { name: file.name, size: bytes(limit.maxBytes) }));
      else if (hindrance === 'kind') wrong(t('composer.fileKind', { name: file.name }));
      else {
        setLoading(file.name);
        onLoading(true);
        try {
          const held = await upload(file);
          latest.current = [...latest.current, held];
          onChange(latest.current);
        } catch (fault) {
          wrong(t('composer.fileFailed', { name: file.name, why: words(fault) }));
        } finally {
          setLoading(undefined);
          onLoading(false);
        }
      }
    }
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        className="hidden"
        tabIndex={-1}
        aria-hidden="true"
        disabled={disabled}
        accept={limit.mediaTypes.includes('*/*') ? undefined : limit.mediaTypes.join(',')}
        onChange={event => {
          const chosen = [...(event.target.files ?? [])];
          // So that the same file can be chosen again.
          event.target.value = '';
          void add(chosen);
        }}
      />
      <Button
        kind="quiet"
        icon="clip"
        label={`${t('composer.attach')}, ${t('composer.attachLimit', { max: limit.max, size: bytes(limit.maxBytes) })}`}
        describedBy={mistake === undefined ? undefined : id}
        disabled={disabled}
        onPress={() => input.current?.click()}
      />
      {files.map(({ id: file, filename, size, scan }) => (
        <span key={file} className={`badge ${scan === 'infected' ? 'danger' : ''}`}>
          <Icon name="clip" />
          {filename} · {bytes(size)}
          {scan === 'pending' && ` · ${t('composer.scanPending')}`}
          {scan === 'infected' && ` · ${t('composer.scanInfected')}`}
          <button
            type="button"
            className="untag"
            aria-label={t('composer.removeFile', { name: filename })}
            onClick={() => {
              latest.current = latest.current.filter(one => one.id !== file);
              onChange(latest.current);
            }}
          >
            <Icon name="cross" />
          </button>
        </span>
      ))}
      {loading !== undefined && (
        <span className="small" role="status">
          {loading}: {t('composer.uploading')}
        </span>
      )}
      {mistake !== undefined && (
        <span className="error" id={id}>
          {mistake}
        </span>
      )}
    </>
  );
}
