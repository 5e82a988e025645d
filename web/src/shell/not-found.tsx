// An address that is none.
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { PageFrame } from '../parts/frame/page-frame.tsx';
import { EmptyState } from '../parts/frame/states.tsx';

export function NotFound() {
  return (
    <PageFrame title="No such page">
      <EmptyState
        title="There is nothing at this address"
        text="The link may be old or mistyped."
        action={
          <Button component={Link} href="/">
            To the report
          </Button>
        }
      />
    </PageFrame>
  );
}
