// First steps: connect a feed, import agents, see the first report; or load the demo.
import { Grid, Stepper, Text } from '@mantine/core';
import { PageFrame } from '../../parts/frame/page-frame.tsx';
import { urlChoice, urlText, useUrlState } from '../../parts/address/url-state.ts';
import { AgentsStep } from './agents-step.tsx';
import { DemoCard } from './demo-card.tsx';
import { FeedStep } from './feed/feed-step.tsx';
import { ReportStep } from './report-step.tsx';
import classes from './start-page.module.css';

const STEPS = ['feed', 'agents', 'report'] as const;
type Step = (typeof STEPS)[number];
const FIELDS = { step: urlChoice<Step>(STEPS, 'feed'), account: urlText() };

export default function StartPage() {
  const [{ step, account }, change] = useUrlState(FIELDS);
  const goTo = (next: Step, accountId = account) => change({ step: next, account: accountId }, true);
  return (
    <PageFrame title="First steps">
      <Text c="dimmed" mb="lg" maw={760}>
        Three steps to your first report. To look around before you connect anything, load the demo.
      </Text>
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stepper
            active={STEPS.indexOf(step)}
            onStepClick={index => goTo(STEPS[index] as Step)}
            allowNextStepsSelect={account !== ''}
            size="sm"
            classNames={{ steps: classes.steps, content: classes.content }}
          >
            <Stepper.Step label="Connect a feed">
              <FeedStep accountId={account} choose={id => change({ account: id })} next={() => goTo('agents')} />
            </Stepper.Step>
            <Stepper.Step label="Import agents">
              <AgentsStep accountId={account} next={() => goTo('report')} />
            </Stepper.Step>
            <Stepper.Step label="See the report">
              <ReportStep accountId={account} />
            </Stepper.Step>
          </Stepper>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <DemoCard />
        </Grid.Col>
      </Grid>
    </PageFrame>
  );
}
