// The page's signs are those of painted trails: two bars are the way, broken bars a fork, a cross not this way.
import "./view.css";

export function Waymark() {
  return (
    <svg class="waymark" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
      <path class="waymark-post" d="M13 37V8.5L20 3l7 5.5V37z" />
      <path class="waymark-upper" d="M13 13h14v5H13z" />
      <path class="waymark-lower" d="M13 18h14v5H13z" />
      <path class="waymark-path" d="M3 37c4-5 6-5 10-5M27 34c5 0 7-1 10-4" />
    </svg>
  );
}

export type Sign = "way" | "fork" | "against";

export function SignMark({ sign }: { sign: Sign }) {
  return (
    <svg class={`sign sign-${sign}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {sign === "way" && <path d="M2 7h16M2 13h16" />}
      {sign === "fork" && <path d="M2 7h4M9 7h3M15 7h3M2 13h4M9 13h3M15 13h3" />}
      {sign === "against" && <path d="M4 4l12 12M16 4L4 16" />}
    </svg>
  );
}

/** Contour lines, and a trail with its marks at the forks. */
export function TrailPicture() {
  return (
    <svg class="trail-picture" viewBox="0 0 480 200" aria-hidden="true" focusable="false">
      <g class="trail-contours">
        <path d="M0 176C70 150 120 168 190 150S330 96 480 120" />
        <path d="M0 150C80 118 130 142 200 122S340 66 480 92" />
        <path d="M0 124C86 88 140 116 210 94S350 38 480 64" />
        <path d="M0 98C96 58 150 90 224 66S360 14 480 38" />
        <path d="M0 72C104 30 162 62 238 38S372 0 480 12" />
      </g>
      <path class="trail-way" d="M18 186C66 184 92 168 128 150S196 136 236 120 306 66 352 62 420 48 456 26" />
      <path class="trail-fork" d="M236 120C276 122 316 140 372 138" />
      <path class="trail-fork" d="M128 150C132 122 122 104 96 88" />
      <Post x={128} y={150} />
      <Post x={236} y={120} />
      <Post x={352} y={62} />
    </svg>
  );
}

function Post({ x, y }: { x: number; y: number }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <path class="waymark-post" d="M-7 4v-34l7-6 7 6V4z" />
      <path class="waymark-upper" d="M-7-26H7v6H-7z" />
      <path class="waymark-lower" d="M-7-20H7v6H-7z" />
    </g>
  );
}
