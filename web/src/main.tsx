// The page's entry: providers around the shell.
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './base.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.ts';
import { Application } from './shell/application.tsx';
import { theme, themeVariables } from './theme.ts';

/** Not needed for the first view, so it is not among the first files. */
const Notifications = lazy(async () => ({
  default: (await import('./parts/dialogs/notifications.ts')).Notifications,
}));

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={themeVariables} defaultColorScheme="auto">
      <Suspense>
        <Notifications position="bottom-right" />
      </Suspense>
      <QueryClientProvider client={queryClient}>
        <Application />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
