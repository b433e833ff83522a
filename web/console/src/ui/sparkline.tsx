const WIDTH = 120;
const HEIGHT = 32;

/** A small line without axes; unknown points are gaps. */
export function Sparkline({ values, label }: { values: readonly (number | null)[]; label: string }) {
  const known = values.filter((value): value is number => value !== null);
  if (known.length < 2) return null;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const x = (index: number) => (index / (values.length - 1)) * (WIDTH - 4) + 2;
  const y = (value: number) => HEIGHT - 3 - ((value - low) / span) * (HEIGHT - 6);
  let path = "";
  let isOpen = false;
  values.forEach((value, index) => {
    if (value !== null) path += `${isOpen ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    isOpen = value !== null;
  });
  const final = values.at(-1);
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
      preserveAspectRatio="none"
    >
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
      {final !== null && final !== undefined && (
        <circle cx={x(values.length - 1)} cy={y(final)} r="2" fill="currentColor" />
      )}
    </svg>
  );
}
