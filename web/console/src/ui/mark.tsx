/** Three lines that become one. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#0F766E" />
      <g stroke="#FFFFFF" strokeWidth="2.6" strokeLinecap="round">
        <path d="M5 7.5c7 0 7.5 8.5 13.5 8.5" />
        <path d="M5 16h22" />
        <path d="M5 24.5c7 0 7.5-8.5 13.5-8.5" />
      </g>
    </svg>
  );
}
