// Keeps the rest of the application alive when a page fails.
import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { PageFrame } from '../parts/frame/page-frame.tsx';
import { ApiError } from '../api/api-error.ts';
import { EmptyState, ErrorState } from '../parts/frame/states.tsx';

interface State {
  error?: Error;
}

export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = {};

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    if (error instanceof ApiError) return <ErrorState error={error} retry={() => location.reload()} />;
    return (
      <PageFrame title="Something went wrong">
        <EmptyState
          title="This page stopped working"
          text="Your data is not affected. Reload the page; this is needed once after an update of Offhook."
          action={<Button onClick={() => location.reload()}>Reload the page</Button>}
        />
      </PageFrame>
    );
  }
}
