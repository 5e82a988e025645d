// Dialogs, loaded after the page: nobody opens one in the first second.
import { lazy } from 'react';

export const LazySheet = lazy(async () => ({ default: (await import('./sheet.tsx')).Sheet }));
export const LazyWindow = lazy(async () => ({ default: (await import('./window.tsx')).Window }));
