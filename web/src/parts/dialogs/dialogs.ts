// Dialogs, loaded after the page, which does not need them at once.
import { lazy } from 'react';

export const LazySheet = lazy(async () => ({ default: (await import('./sheet.tsx')).Sheet }));
export const LazyWindow = lazy(async () => ({ default: (await import('./window.tsx')).Window }));
