// Sign-in first; then the shell with the page of the address.
import { Redirect, Route, Switch } from 'wouter';
import { useSessionQuery } from '../api/session.ts';
import SignInPage from '../pages/sign-in/sign-in-page.tsx';
import { ErrorState, LoadingState } from '../parts/frame/states.tsx';
import { Shell } from './shell.tsx';

export function Application() {
  return (
    <Switch>
      <Route path="/sign-in">
        <SignInPage />
      </Route>
      <Route>
        <SignedIn />
      </Route>
    </Switch>
  );
}

function SignedIn() {
  const { isSignedIn, data, error, refetch } = useSessionQuery();
  if (!isSignedIn) return <Redirect to={`/sign-in?next=${encodeURIComponent(currentAddress())}`} replace />;
  if (data) return <Shell session={data} />;
  if (error) return <ErrorState error={error} retry={refetch} />;
  return <LoadingState label="Opening Offhook" />;
}

const currentAddress = () => location.pathname + location.search;
