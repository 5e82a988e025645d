// The administration: a user sees the sections that they have rights for.
import { Button, NativeSelect, NavLink, Text } from '@mantine/core';
import { Link, useLocation, useParams } from 'wouter';
import { mayAdminister, type Session, useSession } from '../../api/session.ts';
import { AccountChoice, useAccount, useAccounts } from '../../parts/account/account-choice.tsx';
import { PageFrame } from '../../parts/frame/page-frame.tsx';
import { EmptyState } from '../../parts/frame/states.tsx';
import classes from './admin-page.module.css';
import { SECTIONS, type Section } from './sections.ts';

const GROUPS = ['Account', 'Installation', 'You'] as const;

export default function AdminPage() {
  const session = useSession();
  const hasAccount = useAccounts().length > 0;
  const account = useAccount();
  const visible = SECTIONS.filter(section => isVisible(section, session, hasAccount ? account.accountId : ''));
  const { section: id } = useParams<{ section?: string }>();
  const section = id === undefined ? visible[0] : SECTIONS.find(known => known.id === id);
  return (
    <PageFrame
      title="Administration"
      actions={section?.group === 'Account' && hasAccount ? <AccountChoice /> : undefined}
    >
      <div className={classes.columns}>
        <SectionNav sections={visible} current={section?.id} />
        {section === undefined || !visible.includes(section) ? (
          <NoSection isKnown={section !== undefined} />
        ) : section.group === 'Account' && !hasAccount ? (
          <NoAccount isAdministrator={session.isAdministrator} />
        ) : (
          <section.component key={section.group === 'Account' ? account.accountId : section.id} />
        )}
      </div>
    </PageFrame>
  );
}

function isVisible({ isFor }: Section, session: Session, accountId: string): boolean {
  if (isFor === 'ADMINISTRATORS') return session.isAdministrator;
  return isFor === undefined || mayAdminister(session, accountId);
}

/** Links beside the section, or a choice above it in a narrow window. */
function SectionNav({ sections, current }: { sections: readonly Section[]; current: string | undefined }) {
  const [, navigate] = useLocation();
  const search = location.search;
  return (
    <>
      <nav aria-label="Sections" className={classes.nav}>
        {GROUPS.map(group => (
          <div key={group}>
            <Text size="xs" fw={700} c="dimmed" px="sm" pt="sm" pb={4}>
              {group}
            </Text>
            {sections
              .filter(section => section.group === group)
              .map(({ id, title }) => (
                <NavLink
                  key={id}
                  component={Link}
                  href={`/admin/${id}${search}`}
                  label={title}
                  active={id === current}
                  aria-current={id === current ? 'page' : undefined}
                  className={classes.link}
                />
              ))}
          </div>
        ))}
      </nav>
      <NativeSelect
        className={classes.choice}
        label="Section"
        value={current}
        onChange={event => navigate(`/admin/${event.currentTarget.value}${search}`)}
        data={GROUPS.map(group => ({
          group,
          items: sections
            .filter(section => section.group === group)
            .map(({ id, title }) => ({ value: id, label: title })),
        })).filter(({ items }) => items.length > 0)}
      />
    </>
  );
}

function NoSection({ isKnown }: { isKnown: boolean }) {
  return isKnown ? (
    <EmptyState title="For administrators only" text="Ask an administrator for access to this section." />
  ) : (
    <EmptyState title="Section not found" text="The link may be old or mistyped." />
  );
}

function NoAccount({ isAdministrator }: { isAdministrator: boolean }) {
  return (
    <EmptyState
      title="No account yet"
      text="An account is created when you connect its first feed."
      action={
        isAdministrator && (
          <Button component={Link} href="/start">
            Connect a feed
          </Button>
        )
      }
    />
  );
}
