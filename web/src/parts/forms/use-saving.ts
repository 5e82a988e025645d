// A change of the server's data: afterwards what it concerns is asked for again, and the user is told.
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';

interface Saving<Input, Output> {
  save: (input: Input) => Promise<Output>;
  /** Beginnings of the keys of what the change concerns. */
  concerns: readonly string[];
  /** What was done; undefined: what is shown says it. */
  done?: (input: Input, output: Output) => string;
  after?: (output: Output) => void;
}

export function useSaving<Input, Output>({ save, concerns, done, after }: Saving<Input, Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: save,
    onSuccess: async (output, input) => {
      await Promise.all(concerns.map(key => client.invalidateQueries({ queryKey: [key] })));
      if (done) {
        const closeButtonProps = { 'aria-label': 'Close the message' };
        notifications.show({ message: done(input, output), color: 'green', closeButtonProps });
      }
      after?.(output);
    },
  });
}
