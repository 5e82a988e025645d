// Data quality: problems found in an account's data, and the inputs that were rejected.
import { Tabs } from '@mantine/core';
import { useAccount } from '../../parts/account/account-choice.tsx';
import { PageFrame } from '../../parts/frame/page-frame.tsx';
import { urlChoice, useUrlState } from '../../parts/address/url-state.ts';
import { Findings } from './findings.tsx';
import { Rejects } from './rejects.tsx';

const FIELDS = { view: urlChoice(['findings', 'rejects'], 'findings') };

export default function QualityPage() {
  const account = useAccount();
  const [{ view }, change] = useUrlState(FIELDS);
  return (
    <PageFrame title="Data quality">
      <Tabs
        value={view}
        onChange={chosen => change({ view: chosen === 'rejects' ? 'rejects' : 'findings' }, true)}
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="findings">Findings</Tabs.Tab>
          <Tabs.Tab value="rejects">Rejected inputs</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="findings">
          <Findings key={account.accountId} account={account} />
        </Tabs.Panel>
        <Tabs.Panel value="rejects">
          <Rejects key={account.accountId} account={account} />
        </Tabs.Panel>
      </Tabs>
    </PageFrame>
  );
}
