// Shown for an address that no page has.
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { PageFrame } from '../parts/frame/page-frame.tsx';
import { EmptyState } from '../parts/frame/states.tsx';

export function NotFound() {
  return (
    <PageFrame title="Page not found">
      <EmptyState
        title="There is nothing at this address"
        text="The link may be old or mistyped."
        action={
          <Button component={Link} href="/">
            Go to the report
          </Button>
        }
      />
    </PageFrame>
  );
}
