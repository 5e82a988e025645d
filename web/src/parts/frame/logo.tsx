// The logo, which links to the first page.
import { Group, Text } from '@mantine/core';
import { Link } from 'wouter';
import classes from './logo.module.css';

export function Logo() {
  return (
    <Link href="/" className={classes.logo} aria-label="Offhook, home">
      <Mark />
    </Link>
  );
}

export function Mark() {
  return (
    <Group gap={8} wrap="nowrap">
      <img src="/favicon.svg" alt="" width={28} height={28} />
      <Text fw={700} fz="lg" className={classes.name}>
        Offhook
      </Text>
    </Group>
  );
}
