/** What part of the picture is shown, in its own pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const CLOSEST = 120;
const STEP = 1.25;

/** Looks at an SVG element through its view box: wheel, drag, two fingers and buttons move it. */
export class Viewport {
  readonly #svg: SVGSVGElement;
  readonly #whole: Box;
  #box: Box;
  readonly #fingers = new Map<number, PointerEvent>();

  constructor(svg: SVGSVGElement) {
    this.#svg = svg;
    const { x, y, width, height } = svg.viewBox.baseVal;
    this.#whole = { x, y, width, height };
    this.#box = this.#whole;
    svg.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    svg.addEventListener('pointerdown', (event) => this.#fingers.set(event.pointerId, event));
    svg.addEventListener('pointermove', (event) => this.#move(event));
    for (const end of ['pointerup', 'pointercancel', 'pointerleave'] as const) {
      svg.addEventListener(end, (event) => this.#release(event));
    }
  }

  /** A step closer, or away with a negative number, about a point of the screen or the middle. */
  zoom(steps: number, at: { readonly x: number; readonly y: number } | null = null): void {
    const { x, y, width, height } = this.#box;
    const next = Math.min(
      Math.max(width / STEP ** steps, CLOSEST),
      Math.max(this.#whole.width * 4, CLOSEST),
    );
    const factor = next / width;
    const frame = this.#svg.getBoundingClientRect();
    const shareX = at === null ? 0.5 : (at.x - frame.left) / frame.width;
    const shareY = at === null ? 0.5 : (at.y - frame.top) / frame.height;
    this.#show({
      x: x + width * shareX * (1 - factor),
      y: y + height * shareY * (1 - factor),
      width: next,
      height: height * factor,
    });
  }

  fit(): void {
    this.#show(this.#whole);
  }

  /** Brings a place into the middle, close enough to be read. */
  centre(x: number, y: number): void {
    const frame = this.#svg.getBoundingClientRect();
    const width = Math.min(this.#box.width, Math.max(frame.width, CLOSEST));
    const height = (width * frame.height) / Math.max(frame.width, 1);
    this.#show({ x: x - width / 2, y: y - height / 2, width, height });
  }

  #show(box: Box): void {
    this.#box = box;
    const { x, y, width, height } = box;
    this.#svg.setAttribute('viewBox', [x, y, width, height].map(String).join(' '));
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    this.zoom(-event.deltaY / 120, event);
  }

  #move(event: PointerEvent): void {
    const before = this.#fingers.get(event.pointerId);
    if (before === undefined) return;
    const other = [...this.#fingers.values()].find((one) => one.pointerId !== event.pointerId);
    this.#fingers.set(event.pointerId, event);
    if (other === undefined) {
      this.#drag(before, event);
      return;
    }
    const ratio = apart(event, other) / Math.max(apart(before, other), 1);
    this.zoom(Math.log(ratio) / Math.log(STEP), other);
  }

  /** The pointer is captured only once it moved, so that a press on a box stays one. */
  #drag(before: PointerEvent, event: PointerEvent): void {
    this.#svg.setPointerCapture(event.pointerId);
    this.#svg.classList.add('dragged');
    const frame = this.#svg.getBoundingClientRect();
    const scale = Math.max(this.#box.width / frame.width, this.#box.height / frame.height);
    this.#show({
      ...this.#box,
      x: this.#box.x - (event.clientX - before.clientX) * scale,
      y: this.#box.y - (event.clientY - before.clientY) * scale,
    });
  }

  #release(event: PointerEvent): void {
    this.#fingers.delete(event.pointerId);
    this.#svg.classList.remove('dragged');
  }
}

function apart(one: PointerEvent, other: PointerEvent): number {
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
}
