/** WeChat wants a component where the bar is our own; ours is part of each page (ui/tab-bar.tsx), so this one is empty. */
export default function NoBar() {
  return null;
}
