import { createRoot } from 'react-dom/client';
import { eventsOverSse$ } from './events-over-sse.js';
import { RunView } from './run-view.js';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element #root');
createRoot(root).render(<RunView run$={eventsOverSse$('/events')} />);
