// The sign-in page: user name and password.
import { Alert, Button, Center, Checkbox, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect } from 'react';
import { Redirect, useSearchParams } from 'wouter';
import { ApiError } from '../../api/api-error.ts';
import { signIn } from '../../api/session.ts';
import { useToken } from '../../api/token.ts';
import { Mark } from '../../parts/frame/logo.tsx';
import { ThemeSwitch } from '../../parts/frame/theme-switch.tsx';
import classes from './sign-in-page.module.css';

export default function SignInPage() {
  const isSignedIn = useToken() !== undefined;
  const [search] = useSearchParams();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (form: FormData) =>
      signIn(String(form.get('username')), String(form.get('password')), form.get('stay') !== null),
  });
  useEffect(() => {
    document.title = 'Sign in · Offhook';
  }, []);
  if (isSignedIn) return <Redirect to={localPath(search.get('next'))} replace />;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    mutate(new FormData(event.currentTarget));
  };
  return (
    <Center component="main" mih="100dvh" p="md" className={classes.page}>
      <div className={classes.theme}>
        <ThemeSwitch />
      </div>
      <Stack w="100%" maw={380} gap="lg">
        <Mark />
        <Paper withBorder p={{ base: 'md', sm: 'xl' }} radius="lg">
          <form onSubmit={submit}>
            <Stack gap="md">
              <Title order={1} size="h3">
                Sign in
              </Title>
              {error && (
                <Alert color="red" variant="outline" role="alert" title={titleOf(error)}>
                  {textOf(error)}
                </Alert>
              )}
              <TextInput
                label="User name"
                name="username"
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                required
                withAsterisk={false}
                size="md"
              />
              <PasswordInput
                label="Password"
                name="password"
                autoComplete="current-password"
                required
                withAsterisk={false}
                size="md"
              />
              <Checkbox
                name="stay"
                label="Stay signed in on this device"
                description="For two weeks, instead of until you close the tab."
              />
              <Button type="submit" size="md" loading={isPending} fullWidth>
                Sign in
              </Button>
            </Stack>
          </form>
        </Paper>
        <Text size="sm" c="dimmed">
          First time here? The server printed the name and password of the first user when it started.
        </Text>
      </Stack>
    </Center>
  );
}

/** Only a path of this site: a crafted link must not lead elsewhere after signing in. */
function localPath(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : '/';
}

function titleOf(error: Error): string {
  if (!(error instanceof ApiError)) return 'The server cannot be reached';
  return error.code === 'TOO_MANY_ATTEMPTS' ? 'Too many attempts' : 'Sign-in failed';
}

function textOf(error: Error): string {
  if (!(error instanceof ApiError)) return 'Check the connection and try again.';
  return error.code === 'TOO_MANY_ATTEMPTS' ? `${error.message} ${error.details}` : error.message;
}
