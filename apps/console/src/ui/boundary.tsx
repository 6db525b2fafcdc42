import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.js';

interface Props {
  readonly children: ReactNode;
}

/** Keeps a part of the page that breaks from taking the rest with it. */
export class Boundary extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useTranslation();
  return (
    <div className="page" role="alert">
      <h2>{t('problem.broken')}</h2>
      <p>{t('problem.brokenLead')}</p>
      <Button kind="primary" onPress={() => globalThis.location.reload()}>
        {t('problem.reload')}
      </Button>
    </div>
  );
}
