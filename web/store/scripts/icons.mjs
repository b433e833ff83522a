// The icons of the installed web app, drawn from the mark: three lines that become one. No picture files, no library.
import { crc32, deflateSync } from "node:zlib";

const GROUND = [0x0f, 0x76, 0x6e];
const STROKE = 2.6;
// The mark's own square is 32 wide (web/console/public/mark.svg).
const LINES = [
  [
    [5, 7.5],
    [12, 7.5],
    [12.5, 16],
    [18.5, 16],
  ],
  [
    [5, 16],
    [12, 16],
    [20, 16],
    [27, 16],
  ],
  [
    [5, 24.5],
    [12, 24.5],
    [12.5, 16],
    [18.5, 16],
  ],
];

const bezier = (points, t) => {
  const u = 1 - t;
  const weights = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return [0, 1].map((axis) => weights.reduce((sum, weight, index) => sum + weight * points[index][axis], 0));
};
const PIECES = LINES.flatMap((points) =>
  Array.from({ length: 32 }, (_, index) => [bezier(points, index / 32), bezier(points, (index + 1) / 32)]),
);

/** How far a point is from the nearest piece of the lines. */
function distance(x, y) {
  let nearest = Number.POSITIVE_INFINITY;
  for (const [[ax, ay], [bx, by]] of PIECES) {
    const dx = bx - ax;
    const dy = by - ay;
    const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    nearest = Math.min(nearest, Math.hypot(x - ax - along * dx, y - ay - along * dy));
  }
  return nearest;
}

/** How far a point is inside the rounded square (negative: outside). */
function inside(x, y, radius) {
  const dx = Math.max(0, Math.abs(x - 16) - (16 - radius));
  const dy = Math.max(0, Math.abs(y - 16) - (16 - radius));
  return radius - Math.hypot(dx, dy);
}

const share = (value) => Math.min(1, Math.max(0, value));

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A PNG of the mark. `isWhole`: the ground fills the square, the lines keep to the middle that no launcher cuts off. */
export function icon(size, { isWhole = false } = {}) {
  const scale = isWhole ? 0.82 : 1;
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const [px, py] = [((column + 0.5) * 32) / size, ((row + 0.5) * 32) / size];
      const [x, y] = [(px - 16) / scale + 16, (py - 16) / scale + 16];
      const ink = share(((STROKE / 2 - distance(x, y)) * scale * size) / 32 + 0.5);
      const alpha = isWhole ? 1 : share((inside(px, py, 7) * size) / 32 + 0.5);
      const at = row * (size * 4 + 1) + 1 + column * 4;
      for (let channel = 0; channel < 3; channel += 1)
        rows[at + channel] = Math.round(GROUND[channel] + (255 - GROUND[channel]) * ink);
      rows[at + 3] = Math.round(alpha * 255);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8); // eight bits, with transparency
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
