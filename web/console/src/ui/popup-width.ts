/** How wide a list of choices under a narrow field opens: as wanted, but never wider than a phone's screen. */
export const popupWidth = (wanted: number): number => Math.min(wanted, window.innerWidth - 32);
