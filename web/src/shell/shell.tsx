// The frame around every page: navigation, account, theme, user, and a banner when the connection is lost.
import { AppShell, Burger, Group, NavLink } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Suspense, useEffect } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import type { Session } from '../api/session.ts';
import { AccountChoice, useAccounts } from '../parts/account/account-choice.tsx';
import { EmptyState, LoadingState } from '../parts/frame/states.tsx';
import { addressOf, PAGES, type Page } from '../routes.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Logo } from '../parts/frame/logo.tsx';
import { NotFound } from './not-found.tsx';
import classes from './shell.module.css';
import { ThemeSwitch } from '../parts/frame/theme-switch.tsx';
import { UserMenu } from './user-menu.tsx';

export function Shell({ session }: { session: Session }) {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const [path] = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: closes when another page opens
  useEffect(close, [path]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 208, breakpoint: 'md', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a href="#content" className={classes.skip}>
        Skip to main content
      </a>
      <AppShell.Header>
        <Group h="100%" px={{ base: 'sm', sm: 'lg' }} justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="md"
              size="sm"
              aria-label="Navigation"
              aria-expanded={isOpen}
            />
            <Logo />
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Suspense>
              <PageAccount path={path} />
            </Suspense>
            <ThemeSwitch />
            <UserMenu session={session} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label="Pages">
        {PAGES.filter(({ icon }) => icon !== undefined).map(page => (
          <PageLink key={page.path} page={page} path={path} />
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <ConnectionBanner />
        <ErrorBoundary key={path}>
          <Suspense fallback={<LoadingState label="Opening the page" />}>
            <Pages session={session} />
          </Suspense>
        </ErrorBoundary>
      </AppShell.Main>
    </AppShell>
  );
}

function PageLink({ page, path }: { page: Page; path: string }) {
  const address = addressOf(page);
  const isActive = path === address || path.startsWith(`${address}/`);
  const Icon = page.icon as NonNullable<Page['icon']>;
  return (
    <NavLink
      component={Link}
      href={address}
      label={page.title}
      leftSection={<Icon size={20} stroke={1.6} aria-hidden />}
      active={isActive}
      aria-current={isActive ? 'page' : undefined}
      className={classes.link}
    />
  );
}

/** The account choice, on pages that show one account. */
function PageAccount({ path }: { path: string }) {
  const isOfAccount = PAGES.some(page => page.isOfAccount && addressOf(page) === path);
  return isOfAccount ? <AccountChoice /> : null;
}

function Pages({ session }: { session: Session }) {
  const hasAccount = useAccounts().length > 0;
  return (
    <Switch>
      <Route path="/">
        <Redirect to="/report" replace />
      </Route>
      {PAGES.map(page => (
        <Route key={page.path} path={page.path}>
          <OnePage page={page} session={session} hasAccount={hasAccount} />
        </Route>
      ))}
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

function OnePage({ page, session, hasAccount }: { page: Page; session: Session; hasAccount: boolean }) {
  const { component: Component, isOfAccount, isForAdministrators } = page;
  if (isOfAccount && !hasAccount) {
    if (session.isAdministrator) return <Redirect to="/start" replace />;
    return <EmptyState title="No account yet" text="Ask an administrator to give you access to an account." />;
  }
  if (isForAdministrators && !session.isAdministrator) {
    return (
      <EmptyState
        title="For administrators only"
        text="This page is for administrators of all accounts. Ask one of them for access."
      />
    );
  }
  return <Component />;
}
