// The pages: address, title and code of each, loaded when it is first opened.
import {
  IconActivityHeartbeat,
  IconAdjustments,
  IconChartLine,
  IconHeadset,
  IconTableFilled,
} from '@tabler/icons-react';
import { type ComponentType, lazy } from 'react';

export interface Page {
  path: string;
  title: string;
  component: ComponentType;
  /** Of the link in the navigation; pages without one are reached from other pages. */
  icon?: typeof IconHeadset;
  /** Shows one account, which is chosen at the top of the page; needs at least one account. */
  isOfAccount?: true;
  /** For administrators only. */
  isForAdministrators?: true;
}

const page = (load: () => Promise<{ default: ComponentType }>) => lazy(load);

export const PAGES: readonly Page[] = [
  {
    path: '/report',
    title: 'Report',
    icon: IconTableFilled,
    isOfAccount: true,
    component: page(() => import('./pages/report/report-page.tsx')),
  },
  {
    path: '/live',
    title: 'Live',
    icon: IconHeadset,
    isOfAccount: true,
    component: page(() => import('./pages/live/live-page.tsx')),
  },
  {
    path: '/trends',
    title: 'Trends',
    icon: IconChartLine,
    isOfAccount: true,
    component: page(() => import('./pages/trends/trends-page.tsx')),
  },
  {
    path: '/quality',
    title: 'Data quality',
    icon: IconActivityHeartbeat,
    isOfAccount: true,
    component: page(() => import('./pages/quality/quality-page.tsx')),
  },
  {
    path: '/admin/:section?',
    title: 'Administration',
    icon: IconAdjustments,
    component: page(() => import('./pages/admin/admin-page.tsx')),
  },
  {
    path: '/session/:accountId/:loginSessionId',
    title: 'Session',
    component: page(() => import('./pages/session/session-page.tsx')),
  },
  {
    path: '/start',
    title: 'First steps',
    isForAdministrators: true,
    component: page(() => import('./pages/start/start-page.tsx')),
  },
];

/** The page's address without its parameters. */
export const addressOf = ({ path }: Page): string => path.replace(/\/:.*$/, '');
