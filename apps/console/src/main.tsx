import 'design-tokens-italia/dist/css/variables.css';
import './ui/tokens.css';
import './ui/base.css';
import './app/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, newClient } from './app/app.js';
import { foresee } from './app/foresee.js';
import { applyLook } from './app/look.js';
import { startWords } from './i18n/i18n.js';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
applyLook();
const client = newClient();
foresee(client, location.pathname);
await startWords();
createRoot(root).render(
  <StrictMode>
    <App client={client} />
  </StrictMode>,
);
