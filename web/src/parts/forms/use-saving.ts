// A change of the server's data; afterwards the affected queries reload, and a message confirms it.
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';

interface Saving<Input, Output> {
  save: (input: Input) => Promise<Output>;
  /** First parts of the keys of the queries to reload. */
  affects: readonly string[];
  /** The message; undefined: none. */
  done?: (input: Input, output: Output) => string;
  after?: (output: Output) => void;
}

export function useSaving<Input, Output>({ save, affects, done, after }: Saving<Input, Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: save,
    onSuccess: async (output, input) => {
      await Promise.all(affects.map(key => client.invalidateQueries({ queryKey: [key] })));
      if (done) {
        const closeButtonProps = { 'aria-label': 'Close the message' };
        notifications.show({ message: done(input, output), color: 'green', closeButtonProps });
      }
      after?.(output);
    },
  });
}
