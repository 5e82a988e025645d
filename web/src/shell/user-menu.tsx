// The menu of the signed-in user: help, first steps, sign out.
import { ActionIcon, Menu } from '@mantine/core';
import { IconBook, IconLogout, IconRocket, IconUser } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { type Session, useSession } from '../api/session.ts';

export function UserMenu({ session: { username, isAdministrator } }: { session: Session }) {
  const { signOut } = useSession();
  const [, navigate] = useLocation();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={`User: ${username}`}>
          <IconUser size={18} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Signed in as {username}</Menu.Label>
        {isAdministrator && (
          <Menu.Item component={Link} href="/start" leftSection={<IconRocket size={18} stroke={1.6} />}>
            First steps
          </Menu.Item>
        )}
        <Menu.Item component="a" href="/docs" leftSection={<IconBook size={18} stroke={1.6} />}>
          API documentation
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={18} stroke={1.6} />}
          onClick={() => signOut().then(() => navigate('/sign-in'))}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
