import 'design-tokens-italia/dist/css/variables.css';
import './ui/tokens.css';
import './ui/base.css';
import './app/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.js';
import { applyLook } from './app/look.js';
import { startWords } from './i18n/i18n.js';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
applyLook();
await startWords();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
