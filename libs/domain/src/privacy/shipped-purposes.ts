/** The words by which a consent is asked, in one language. */
export interface PurposeText {
  readonly language: string;
  /** How people call it. */
  readonly name: string;
  /** What whoever agrees agrees to, in full sentences. */
  readonly text: string;
}

/** Something beyond answering a request, for which a person is asked. */
export interface Purpose {
  readonly code: string;
  readonly version: number;
  /** Whether a consent holds for one kind of address, or whatever the way. */
  readonly perAddressKind: boolean;
  /** For how many days after a question or a no nobody asks again. */
  readonly againAfterDays: number;
  readonly retired: boolean;
  readonly texts: readonly PurposeText[];
}

/** What an administration asks consent for until it decides otherwise. The controller confirms the words before using them. */
export const SHIPPED_PURPOSES: readonly Purpose[] = [
  {
    code: 'personalised_assistance',
    version: 1,
    perAddressKind: false,
    againAfterDays: 180,
    retired: false,
    texts: [
      {
        language: 'it',
        name: 'Assistenza personalizzata',
        text: 'Chiediamo il consenso a usare le tue richieste precedenti per proporti servizi e informazioni che ti riguardano.',
      },
      {
        language: 'en',
        name: 'Personalised assistance',
        text: 'We ask your consent to use your earlier requests in order to suggest services and information that concern you.',
      },
    ],
  },
  {
    code: 'newsletter',
    version: 1,
    perAddressKind: true,
    againAfterDays: 180,
    retired: false,
    texts: [
      {
        language: 'it',
        name: 'Notiziario',
        text: 'Chiediamo il consenso a inviarti notizie e avvisi dell’amministrazione che non riguardano una tua richiesta.',
      },
      {
        language: 'en',
        name: 'Newsletter',
        text: 'We ask your consent to send you news of the administration that do not concern a request of yours.',
      },
    ],
  },
  {
    code: 'training_recording',
    version: 1,
    perAddressKind: false,
    againAfterDays: 180,
    retired: false,
    texts: [
      {
        language: 'it',
        name: 'Registrazione per la formazione',
        text: 'Chiediamo il consenso a registrare le tue chiamate e a riascoltarle per la formazione di chi risponde.',
      },
      {
        language: 'en',
        name: 'Recording for training',
        text: 'We ask your consent to record your calls and to listen to them again to train those who answer.',
      },
    ],
  },
];

/** The text of a purpose in a language, or in Italian, which every purpose has. */
export function purposeText({ code, texts }: Purpose, language: string | null): PurposeText {
  const short = (language ?? 'it').slice(0, 2).toLowerCase();
  const found = texts.find(text => text.language === short) ?? texts.find(text => text.language === 'it') ?? texts[0];
  return found ?? { language: 'it', name: code, text: code };
}
