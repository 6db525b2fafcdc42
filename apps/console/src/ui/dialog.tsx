import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './button.js';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
  /** Shut only by one of its own buttons. */
  readonly pressing?: boolean;
}

/** A dialog over the page: focus stays in it, and goes back to where it was. Escape closes it unless it is pressing. */
export function Dialog({ title, onClose, children, wide = false, pressing = false }: DialogProps) {
  const { t } = useTranslation();
  return (
    <ModalOverlay
      className="overlay"
      isOpen
      isDismissable={!pressing}
      isKeyboardDismissDisabled={pressing}
      onOpenChange={open => {
        if (!open) onClose();
      }}
    >
      <Modal className={`modal ${wide ? 'wide' : ''}`}>
        <AriaDialog className="dialog" role={pressing ? 'alertdialog' : 'dialog'}>
          <div className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {!pressing && <Button icon="cross" kind="quiet" label={t('app.close')} onPress={onClose} />}
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
