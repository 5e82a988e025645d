// Short messages in a corner: a file of its own, loaded after the page.
export { Notifications } from '@mantine/notifications';
