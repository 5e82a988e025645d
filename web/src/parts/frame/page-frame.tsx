// The frame of a page: heading, actions, content.
import { Group, Stack, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './page-frame.module.css';

export interface PageFrameProps {
  title: string;
  /** Buttons to the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** The first page leaves the focus to the browser; later pages focus their heading, so that screen readers announce them. */
let isFirstPage = true;

export function PageFrame({ title, actions, children }: PageFrameProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Offhook`;
  }, [title]);
  useEffect(() => {
    if (!isFirstPage) heading.current?.focus({ preventScroll: true });
    isFirstPage = false;
  }, []);
  return (
    <Stack gap="md" className={classes.frame}>
      <Group justify="space-between" gap="sm" align="center">
        <Title order={1} size="h2" ref={heading} tabIndex={-1}>
          {title}
        </Title>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      <div className={classes.content}>{children}</div>
    </Stack>
  );
}
