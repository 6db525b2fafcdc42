import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, taken, versionTag, type Schemas } from '../api/client.js';
import { useSession } from '../app/session.js';
import { dateTime } from '../i18n/format.js';
import { Button } from '../ui/button.js';
import { Edit, useDraft } from '../ui/edit.js';
import { TextInput } from '../ui/field.js';
import { Read } from '../ui/read.js';
import { Page } from '../ui/section.js';
import { Table } from '../ui/table.js';

type Section = Schemas['RegisterSectionView'];
type Question = Schemas['RegisterQuestionView'];

/** The register of processing, made by the core from what the system is, and what only the controller can say. */
export function RegisterPage() {
  const { t, i18n } = useTranslation();
  const { may } = useSession();
  const language = i18n.language === 'en' ? 'en' : 'it';
  const [answering, setAnswering] = useState<Question>();
  const register = useQuery({
    queryKey: ['register', language],
    queryFn: ({ signal }) => taken(api.GET('/api/processing-register', { params: { query: { language } }, signal })),
  });
  return (
    <Page
      title={t('administration.register.title')}
      lead={t('administration.register.lead')}
      actions={
        <>
          <a className="button" href={`/api/processing-register/page?language=${language}`} download>
            {t('administration.register.page')}
          </a>
          <a className="button" href={`/api/processing-register/file?language=${language}`} download>
            {t('administration.register.table')}
          </a>
        </>
      }
    >
      <Read query={register}>
        {({ questions, register: parts, assessment }) => (
          <>
            <Table
              caption={t('administration.register.questions')}
              empty="–"
              rows={questions}
              keyOf={({ code }) => code}
              columns={[
                { id: 'question', title: t('administration.register.question'), value: ({ question }) => question },
                { id: 'law', title: t('administration.register.law'), value: ({ law }) => law },
                {
                  id: 'answer',
                  title: t('administration.register.answer'),
                  value: ({ answer }) => answer ?? t('administration.register.missing'),
                },
              ]}
              actions={question =>
                may('privacy.decide') && (
                  <Button icon="pencil" onPress={() => setAnswering(question)}>
                    {t('administration.edit')}
                    <span className="hidden"> {question.question}</span>
                  </Button>
                )
              }
            />
            {[...parts, ...assessment].map(section => (
              <Part key={section.code} section={section} />
            ))}
          </>
        )}
      </Read>
      {answering && <AnswerForm question={answering} onClose={() => setAnswering(undefined)} />}
    </Page>
  );
}

function Part({ section: { code, title, law, columns, rows } }: { readonly section: Section }) {
  return (
    <Table
      caption={`${title} (${law})`}
      file={`filodiretto-registro-${code}`}
      empty="–"
      rows={rows.map(({ cells }, index) => ({ cells, index }))}
      keyOf={({ index }) => String(index)}
      columns={columns.map((column, at) => ({
        id: String(at),
        title: column,
        value: ({ cells }: { readonly cells: readonly string[] }) => cells[at] ?? '',
      }))}
    />
  );
}

function AnswerForm({ question, onClose }: { readonly question: Question; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { values, bind } = useDraft({ text: question.answer ?? '' });
  const history = useQuery({
    queryKey: ['register', 'answers', question.code],
    queryFn: ({ signal }) =>
      taken(api.GET('/api/processing-register/answers/{code}', { params: { path: { code: question.code } }, signal })),
    enabled: question.version > 0,
  });
  return (
    <Edit
      title={question.question}
      onClose={onClose}
      reads={['register']}
      done={t('administration.saved')}
      run={() =>
        taken(
          api.PUT('/api/processing-register/answers/{code}', {
            params: { path: { code: question.code }, header: { 'If-Match': versionTag(question.version) } },
            body: { text: values.text.trim() },
          }),
        )
      }
    >
      {mistake => (
        <>
          <TextInput
            label={t('administration.register.answer')}
            hint={question.law}
            lines={6}
            required
            error={mistake('/text')}
            {...bind('text')}
          />
          {history.data && (
            <ol reversed aria-label={t('administration.register.history')}>
              {history.data.items.map(one => (
                <li key={one.version}>
                  {dateTime(one.decidedAt)}, {one.decidedBy.name}: {one.text}
                </li>
              ))}
            </ol>
          )}
        </>
      )}
    </Edit>
  );
}
