import { startEngine, type Engine } from '../../support/engine.ts';
import { orchestrate } from '../../support/engine-run.ts';
import { harmOf } from './harm.ts';
import type { Scene, Told } from './scenes.ts';
import { Turnstile } from './turnstile.ts';

/** Inside a week of no meaning. */
const BEGIN = Date.UTC(2026, 0, 12, 6);

/** A scene that is prepared once, and played from there in as many orders of requests as are wanted. */
export class Interleaving {
  private readonly scene: Scene;
  private readonly engine: Engine;
  private readonly told: readonly Told[];
  private readonly turnstile: Turnstile;
  private readonly begin: number;
  private readonly restore: () => void;

  private constructor(scene: Scene, engine: Engine, told: readonly Told[], turnstile: Turnstile) {
    this.scene = scene;
    this.engine = engine;
    this.told = told;
    this.turnstile = turnstile;
    this.begin = turnstile.now();
    this.restore = engine.sim.checkpoint();
  }

  static async prepare(scene: Scene): Promise<Interleaving> {
    const turnstile = new Turnstile(BEGIN);
    const engine = await startEngine({ config: scene.config, time: turnstile });
    return new Interleaving(scene, engine, await scene.prepare(engine), turnstile);
  }

  /** That many runs at once, in the order that the seed says; whatever must not be. */
  async play(runs: number, seed: number): Promise<readonly string[]> {
    const { engine, scene, told, turnstile } = this;
    this.restore();
    turnstile.setTo(this.begin);
    engine.news();
    const fetch = globalThis.fetch.bind(globalThis);
    globalThis.fetch = (input, init) => engine.sim.fetch(input, init);
    try {
      const ended = await turnstile.play(
        engine.sim,
        Array.from({ length: runs }, (_, index) => {
          const one = told[index % told.length];
          return () => (one === undefined ? Promise.resolve(null) : failureOf(engine, one));
        }),
        pickerOf(seed),
      );
      return [...ended.filter((message) => message !== null), ...(await harmOf(engine, scene))];
    } finally {
      globalThis.fetch = fetch;
    }
  }

  close(): Promise<void> {
    return this.engine.close();
  }
}

/** Why a run failed, unless it lost the state too often and gave up for the next one to go on. */
async function failureOf(engine: Engine, told: Told): Promise<string | null> {
  const { happening, verification = '', plan = '' } = told;
  try {
    await orchestrate(engine, happening, verification, { plan });
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message.includes('moved between reading and writing') ? null : `failed: ${message}`;
  }
}

/**
 * Which of those that wait goes next, by chance that a seed repeats (mulberry32). Each seed has its own liking for
 * letting the one that came first go on, since runs that take strict turns meet in other places than a run that overtakes.
 */
function pickerOf(seed: number): (among: number) => number {
  let at = seed;
  const chance = (): number => {
    at = (at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const liking = chance();
  return (among) => {
    if (chance() < liking / 2) return 0;
    return chance() < liking / 2 ? among - 1 : Math.floor(chance() * among);
  };
}
