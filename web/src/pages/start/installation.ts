// The state of the installation, polled more often while the demo is loaded or removed.
import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';

const BUSY_MS = 500;
const IDLE_MS = 10_000;

export const INSTALLATION_KEY = ['/api/v1/admin/installation'];

export const useInstallation = () =>
  useQuery({
    queryKey: INSTALLATION_KEY,
    queryFn: () => answerOf(api.GET('/api/v1/admin/installation')),
    refetchInterval: ({ state: { data } }) =>
      data?.demo.state === 'LOADING' || data?.demo.state === 'REMOVING' ? BUSY_MS : IDLE_MS,
  });
