// The sections of the administration: title, group, and who sees each.
import type { ComponentType } from 'react';
import { AccountsSection } from './accounts/accounts-section.tsx';
import { AgentsSection } from './agents/agents-section.tsx';
import { AliasesSection } from './aliases/aliases-section.tsx';
import { AuditSection } from './audit/audit-section.tsx';
import { FeedsSection } from './feeds/feeds-section.tsx';
import { ImportSection } from './import/import-section.tsx';
import { ProgramsSection } from './programs/programs-section.tsx';
import { StatesSection } from './states/states-section.tsx';
import { TokensSection } from './tokens/tokens-section.tsx';
import { UsersSection } from './users/users-section.tsx';

export interface Section {
  /** In the address. */
  id: string;
  title: string;
  group: 'Account' | 'Installation' | 'You';
  component: ComponentType;
  /** Administrators of the chosen account, or of all accounts; undefined: everyone. */
  isFor?: 'ACCOUNT_ADMINISTRATORS' | 'ADMINISTRATORS';
}

export const SECTIONS: readonly [Section, ...Section[]] = [
  { id: 'feeds', title: 'Feeds', group: 'Account', component: FeedsSection },
  { id: 'agents', title: 'Agents', group: 'Account', component: AgentsSection },
  {
    id: 'aliases',
    title: 'Aliases',
    group: 'Account',
    component: AliasesSection,
    isFor: 'ACCOUNT_ADMINISTRATORS',
  },
  {
    id: 'import',
    title: 'Import agents',
    group: 'Account',
    component: ImportSection,
    isFor: 'ACCOUNT_ADMINISTRATORS',
  },
  { id: 'states', title: 'States', group: 'Account', component: StatesSection },
  { id: 'accounts', title: 'Accounts', group: 'Installation', component: AccountsSection },
  {
    id: 'users',
    title: 'Users',
    group: 'Installation',
    component: UsersSection,
    isFor: 'ADMINISTRATORS',
  },
  {
    id: 'programs',
    title: 'Programs',
    group: 'Installation',
    component: ProgramsSection,
    isFor: 'ADMINISTRATORS',
  },
  {
    id: 'audit',
    title: 'Audit log',
    group: 'Installation',
    component: AuditSection,
    isFor: 'ADMINISTRATORS',
  },
  { id: 'tokens', title: 'API tokens', group: 'You', component: TokensSection },
];
