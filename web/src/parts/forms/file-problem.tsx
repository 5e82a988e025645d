// What is wrong with a chosen file: a summary, then each mistake with its line and column.
import { Alert, List, Text } from '@mantine/core';
import { ApiError, errorText } from '../../api/api-error.ts';

/** Nothing where there is no error. */
export function FileProblem({ error }: { error: Error | null }) {
  if (error === null) return null;
  return (
    <Alert color="red" variant="outline" role="alert" title="The file cannot be used">
      {error instanceof ApiError ? (
        <>
          <Text size="sm">{error.message}</Text>
          {error.list.length > 1 && (
            <List size="sm" my="xs" style={{ overflowWrap: 'anywhere' }}>
              {error.list.map(mistake => (
                <List.Item key={mistake}>{mistake}</List.Item>
              ))}
            </List>
          )}
          <Text size="sm">{error.details}</Text>
        </>
      ) : (
        errorText(error)
      )}
    </Alert>
  );
}
