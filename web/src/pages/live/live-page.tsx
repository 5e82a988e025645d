// Who is logged in now: counts by state, filters, the agents, and the wallboard.
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPresentation } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useAccount } from '../../parts/account/account-choice.tsx';
import { PageFrame } from '../../parts/frame/page-frame.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../parts/frame/states.tsx';
import { useUrlState } from '../../parts/address/url-state.ts';
import { AgentCards } from './agent-cards.tsx';
import { AgentsTable } from './agents-table.tsx';
import classes from './live.module.css';
import { LiveFilters } from './live-filters.tsx';
import { LiveStatus } from './live-status.tsx';
import type { LivePicture } from './stream/live-stream.ts';
import { countsByState, filtered, LIVE_FIELDS, type LiveView, type SortKey, sorted } from './live-view.ts';
import { StateTiles } from './state-tiles.tsx';
import { useLive, useServerNow } from './stream/use-live.ts';
import { Wallboard } from './wallboard/wallboard.tsx';

export default function LivePage() {
  const { accountId, accountName, timezone } = useAccount();
  const picture = useLive(accountId);
  const nowMs = useServerNow(picture);
  const [{ wallboard, ...view }, change] = useUrlState(LIVE_FIELDS);
  if (wallboard && picture.agents !== undefined) {
    const agents = ofStates(filtered(picture.agents.values(), view), view);
    const leave = () => change({ wallboard: false });
    return (
      <Wallboard
        title={accountName}
        agents={agents}
        picture={picture}
        nowMs={nowMs}
        timezone={timezone}
        leave={leave}
      />
    );
  }
  const actions = (
    <>
      <LiveStatus picture={picture} timezone={timezone} />
      <Button
        variant="default"
        leftSection={<IconPresentation size={18} aria-hidden />}
        onClick={() => change({ wallboard: true }, true)}
      >
        Wallboard
      </Button>
    </>
  );
  return (
    <PageFrame title="Live" actions={actions}>
      <Content picture={picture} nowMs={nowMs} view={view} change={change} />
    </PageFrame>
  );
}

const ofStates = (agents: ReturnType<typeof filtered>, { state }: LiveView) =>
  state.length === 0 ? agents : agents.filter(agent => state.includes(agent.agentState));

interface ContentProps {
  picture: LivePicture;
  nowMs: number;
  view: LiveView;
  change: (changes: Partial<LiveView>) => void;
}

function Content({ picture, nowMs, view, change }: ContentProps) {
  const { agents, error } = picture;
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const all = useMemo(() => [...(agents?.values() ?? [])], [agents]);
  const found = useMemo(() => filtered(all, view), [all, view]);
  if (agents === undefined) {
    return error ? <ErrorState error={error} /> : <LoadingState label="Loading the agents" />;
  }
  const shown = sorted(ofStates(found, view), view, nowMs);
  const sortBy = (sort: SortKey) =>
    change({
      sort,
      order: view.sort === sort && view.order === 'ascending' ? 'descending' : 'ascending',
    });
  return (
    <div className={classes.content}>
      {all.length === 0 ? (
        <EmptyState
          title="Nobody is logged in"
          text="Agents appear here as soon as they log in. You do not need to reload."
        />
      ) : (
        <>
          <StateTiles
            counts={countsByState(found, nowMs)}
            nowMs={nowMs}
            chosen={view.state}
            choose={state => change({ state })}
          />
          <LiveFilters agents={all} view={view} change={change} />
          {shown.length === 0 ? (
            <EmptyState title="No agents found" text="No agent who is logged in matches the search and filters." />
          ) : isNarrow ? (
            <AgentCards agents={shown} nowMs={nowMs} />
          ) : (
            <AgentsTable agents={shown} nowMs={nowMs} view={view} sortBy={sortBy} />
          )}
        </>
      )}
    </div>
  );
}
