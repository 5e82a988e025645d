// One login session: its time line, all values of its row, and an explanation of each.
import { Alert, Button, Drawer, Paper, SegmentedControl, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowLeft, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type MouseEvent, useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { ApiError } from '../../api/api-error.ts';
import { type SessionId, sessionIdOf } from '../../parts/address/session-address.ts';
import { PageFrame } from '../../parts/frame/page-frame.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../parts/frame/states.tsx';
import { urlChoice, urlText, useUrlState } from '../../parts/address/url-state.ts';
import { spansOf } from './time-line/lanes.ts';
import { SessionHeader } from './session-header.tsx';
import classes from './session-page.module.css';
import { sessionQuery } from './session-queries.ts';
import type { LoginSession, Part } from './session-types.ts';
import { TimeLine } from './time-line/time-line.tsx';
import { EventTable, IntervalTable } from './time-line/time-tables.tsx';
import { type TimeSpan, viewOf, wholeView } from './time-line/time-view.ts';
import { ValueGrid } from './values/value-grid.tsx';
import { useWhy, WhyPanel } from './why/why-panel.tsx';

const VIEWS = ['timeline', 'intervals', 'events'] as const;
const URL = { why: urlText(), show: urlChoice(VIEWS, 'timeline') };

export default function SessionPage() {
  const [pathname] = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: read from the location, where ids are still encoded
  const id = useMemo(() => sessionIdOf(location.pathname), [pathname]);
  const { data: session, error, refetch } = useQuery(sessionQuery(id));
  const isMissing = error instanceof ApiError && error.code === 'NOT_FOUND';
  const title = session ? session.agentName || `Agent ${session.agentId}` : 'Session';
  return (
    <PageFrame title={title} actions={<BackButton accountId={id.accountId} />}>
      {isMissing && (
        <EmptyState
          title="Session not found"
          text="It may belong to another account, or to an agent whose group you may not see."
          action={<BackButton accountId={id.accountId} />}
        />
      )}
      {error && !isMissing && session === undefined && <ErrorState error={error} retry={refetch} />}
      {!error && session === undefined && <LoadingState label="Loading the session" />}
      {session && <SessionView key={`${id.accountId} ${id.loginSessionId}`} id={id} session={session} />}
    </PageFrame>
  );
}

function BackButton({ accountId }: { accountId: string }) {
  return (
    <Button
      component={Link}
      href={`/report?account=${encodeURIComponent(accountId)}`}
      variant="default"
      leftSection={<IconArrowLeft size={16} aria-hidden />}
      onClick={(event: MouseEvent) => {
        // Back to the report as it was, with its filters.
        if (history.length < 2 || !document.referrer.startsWith(location.origin)) return;
        event.preventDefault();
        history.back();
      }}
    >
      Report
    </Button>
  );
}

function SessionView({ id, session }: { id: SessionId; session: LoginSession }) {
  const [{ why: chosen, show }, setUrl] = useUrlState(URL);
  const isWide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  const whole = wholeView({ fromMs: Date.parse(session.login), toMs: Date.parse(session.end) });
  const [zoomedTo, setView] = useState<TimeSpan>();
  const view = zoomedTo ?? whole;
  const changeView = (next: TimeSpan) =>
    setView(next.fromMs <= whole.fromMs && next.toMs >= whole.toMs ? undefined : next);
  const { data: why } = useWhy(id, chosen, session);
  const highlighted = useMemo(() => spansOf(why?.parts ?? []), [why]);

  const close = () => {
    setUrl({ why: '' });
    document.querySelector<HTMLElement>(`[data-column="${CSS.escape(chosen)}"]`)?.focus({ preventScroll: true });
  };
  const showSpan = (span: TimeSpan) => {
    setUrl({ show: 'timeline' });
    changeView(viewOf(span, view, whole));
  };
  const showPart = (part: Part) => {
    const [span] = spansOf([part]);
    if (span !== undefined) changeView(viewOf(span, view, whole));
  };
  const panel = chosen !== '' && (
    <WhyPanel
      id={id}
      session={session}
      columnKey={chosen}
      onChoose={columnKey => setUrl({ why: columnKey }, true)}
      onClose={close}
      onShow={showPart}
    />
  );

  return (
    <Stack gap="md">
      <SessionHeader session={session} />
      {session.origin === 'imported' && (
        <Alert color="blue" icon={<IconInfoCircle />} title="Imported session">
          This session comes from another system’s export. It has no events, so there is no time line and no further
          explanation of its numbers.
        </Alert>
      )}
      {session.isTruncated && (
        <Alert color="yellow" icon={<IconInfoCircle />} title="Only the first events are shown">
          The session has too many events for one page. The values include all events; the time line and the
          explanations do not.
        </Alert>
      )}
      {session.origin !== 'imported' && (
        <Paper withBorder p="md">
          <SegmentedControl
            mb="sm"
            aria-label="How the session is shown"
            data={[
              { value: 'timeline', label: 'Time line' },
              { value: 'intervals', label: 'Intervals' },
              { value: 'events', label: 'Events' },
            ]}
            value={show}
            onChange={value => setUrl({ show: value as (typeof VIEWS)[number] })}
          />
          {show === 'timeline' && (
            <TimeLine session={session} view={view} whole={whole} changeView={changeView} highlighted={highlighted} />
          )}
          {show === 'intervals' && <IntervalTable session={session} onShow={showSpan} />}
          {show === 'events' && <EventTable id={id} session={session} />}
        </Paper>
      )}
      <div className={classes.columns} data-explained={(isWide && chosen !== '') || undefined}>
        <ValueGrid session={session} chosen={chosen} onChoose={columnKey => setUrl({ why: columnKey }, true)} />
        {isWide && panel && (
          <Paper
            withBorder
            p="md"
            className={classes.panel}
            component="aside"
            aria-label="Explanation"
            onKeyDown={event => event.key === 'Escape' && close()}
          >
            {panel}
          </Paper>
        )}
      </div>
      {!isWide && (
        <Drawer.Root opened={chosen !== ''} onClose={close} position="bottom" size="85%">
          <Drawer.Overlay />
          <Drawer.Content aria-label="Explanation">
            <Drawer.Body pt="md">{panel}</Drawer.Body>
          </Drawer.Content>
        </Drawer.Root>
      )}
    </Stack>
  );
}
