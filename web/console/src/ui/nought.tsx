/** Nothing, where most rows have nothing: a quiet dash to look at, the figure for who asks or listens. */
export function Nought({ text }: { text: string }) {
  return (
    <span className="quiet" role="img" aria-label={text} title={text}>
      —
    </span>
  );
}
