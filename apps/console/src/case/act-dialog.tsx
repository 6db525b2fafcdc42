import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { Dialog } from '../ui/dialog.js';
import {
  CallForm,
  ChaseForm,
  ChangeForm,
  IncidentForm,
  MacroForm,
  MergeForm,
  PlaceForm,
  TagForm,
} from './other-forms.js';
import { TaskForm } from './task-form.js';
import type { AskedStep, MoreAct, OtherAct } from './commands.js';
import { actLabel } from './labels.js';
import { StepForm } from './step-form.js';
import { AnnounceForm, LevelForm, LinkForm, SplitForm } from './work-forms.js';

interface ActDialogProps {
  readonly name: AskedStep | OtherAct | MoreAct;
  readonly view: Schemas['CaseView'];
  readonly onClose: () => void;
}

/** Asks what must be known before something is done with a case. */
export function ActDialog({ name, view, onClose }: ActDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={actLabel(t, name)} onClose={onClose} wide={name === 'split'}>
      <Asked name={name} view={view} onClose={onClose} />
    </Dialog>
  );
}

function Asked({ name, view, onClose }: ActDialogProps) {
  switch (name) {
    case 'task':
      return <TaskForm view={view} onClose={onClose} />;
    case 'tag':
      return <TagForm view={view} onClose={onClose} />;
    case 'change':
      return <ChangeForm view={view} onClose={onClose} />;
    case 'place':
      return <PlaceForm view={view} onClose={onClose} />;
    case 'macro':
      return <MacroForm view={view} onClose={onClose} />;
    case 'merge':
      return <MergeForm view={view} onClose={onClose} />;
    case 'incident':
      return <IncidentForm view={view} onClose={onClose} />;
    case 'call':
      return <CallForm view={view} onClose={onClose} />;
    case 'chase':
      return <ChaseForm view={view} onClose={onClose} />;
    case 'announce':
      return <AnnounceForm view={view} onClose={onClose} />;
    case 'split':
      return <SplitForm view={view} onClose={onClose} />;
    case 'link':
      return <LinkForm view={view} onClose={onClose} />;
    case 'level':
      return <LevelForm view={view} onClose={onClose} />;
    default:
      return <StepForm name={name} view={view} onClose={onClose} />;
  }
}
