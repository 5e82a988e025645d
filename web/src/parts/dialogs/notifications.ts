// Short messages in a corner; a file of its own, so that it loads after the page.
export { Notifications } from '@mantine/notifications';
