// Code 128 (ISO/IEC 15417), set B: each symbol is six bar and space widths, eleven modules in all.
const WIDTHS =
  "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122" +
  "123221223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323" +
  "131123131321112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131" +
  "213113213311213131311123311321331121312113312311332111314111221411431111111224111422121124121421141122" +
  "141221112214112412122114122411142112142211241211221114413111241112134111111242121142121241114212124112" +
  "124211411212421112421211212141214121412121111143111341131141114113114311411113411311113141114131311141" +
  "411131211412211214211232";
const START_B = 104;
const STOP = "2331112";

const symbol = (value: number): string => WIDTHS.slice(value * 6, value * 6 + 6);

/** The widths of bars and spaces in turn; null for text that set B cannot say. */
export function code128(text: string): string | null {
  if (!/^[\x20-\x7e]+$/.test(text)) return null;
  const values = [...text].map((letter) => letter.charCodeAt(0) - 32);
  const check = values.reduce((sum, value, index) => sum + value * (index + 1), START_B) % 103;
  return [START_B, ...values, check].map(symbol).join("") + STOP;
}

/** A document's number as bars, drawn here, with the number below it. */
export function Barcode({ text, height = 40 }: { text: string; height?: number }) {
  const widths = code128(text);
  if (widths === null) return <span className="figures">{text}</span>;
  const bars: { x: number; width: number }[] = [];
  let x = 10; // the quiet zone
  [...widths].forEach((width, index) => {
    if (index % 2 === 0) bars.push({ x, width: Number(width) });
    x += Number(width);
  });
  return (
    <span className="barcode">
      <svg
        viewBox={`0 0 ${x + 10} ${height}`}
        width={(x + 10) * 1.3}
        height={height}
        preserveAspectRatio="none"
        role="img"
        aria-label={text}
        shapeRendering="crispEdges"
      >
        {bars.map((bar) => (
          <rect key={bar.x} x={bar.x} y={0} width={bar.width} height={height} fill="#000" />
        ))}
      </svg>
      <span className="figures">{text}</span>
    </span>
  );
}
