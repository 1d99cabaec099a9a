import { blowsOf } from './blows.ts';
import type { Image } from './image.ts';
import { Player, type Play, type Schedule, type Strike } from './player.ts';
import type { Scenario } from './scenarios.ts';
import { renderSeed } from './seed.ts';

/** What was played, and what of it did not come to the same end as without faults. */
export interface Findings {
  readonly played: number;
  /** The shortest traces first. */
  readonly diverged: readonly Divergence[];
}

export interface Divergence {
  readonly seed: string;
  /** Every way in which it did not, in words. */
  readonly why: readonly string[];
  readonly play: Play;
}

/** A scenario with its fault-free play, which all others are held against. */
export class Explorer {
  readonly scenario: Scenario;
  readonly player: Player;
  readonly whole: Play;
  /** Worlds from which it is known to converge. */
  private readonly known: Set<string>;

  private constructor(scenario: Scenario, player: Player, whole: Play) {
    this.scenario = scenario;
    this.player = player;
    this.whole = whole;
    this.known = new Set(whole.keys);
  }

  static async prepare(scenario: Scenario): Promise<Explorer> {
    const player = await Player.prepare(scenario);
    return new Explorer(scenario, player, await player.play([]));
  }

  /**
   * Every fault at every call, and the process's death before and after it; then a second one at each later call. Of
   * the single ones, each `every`th is played.
   */
  async explore(depth: 1 | 2, every = 1): Promise<Findings> {
    const diverged: Divergence[] = [];
    let played = 0;
    const check = async (schedule: Schedule): Promise<void> => {
      played += 1;
      const found = await this.check(schedule);
      if (found !== null) diverged.push(found);
    };
    for (const [index, strike] of strikesFrom(this.whole, 0).entries()) {
      if (index % every !== 0) continue;
      await check([strike]);
      if (depth === 1) continue;
      for (const second of strikesFrom(await this.player.play([strike]), strike.at)) {
        await check([strike, second]);
      }
    }
    diverged.sort((a, b) => a.play.trace.length - b.play.trace.length);
    return { played, diverged };
  }

  /** The events each told three times, with any of them lost, and in every order. */
  async disorder(): Promise<Findings> {
    const { events } = this.player;
    const orders = disorders(events.map((_, index) => index));
    const diverged: Divergence[] = [];
    for (const order of orders) {
      const told = order.flatMap((index) => events[index] ?? []);
      const found = this.judge(
        `${this.scenario.name} with the events ${order.join(', ')}`,
        await this.player.play([], this.known, told),
      );
      if (found !== null) diverged.push(found);
    }
    return { played: orders.length, diverged };
  }

  /** What the simulator was asked and does not know. */
  unknown(): readonly unknown[] {
    return this.player.unknown();
  }

  /** Why a schedule did not converge, or null; a play that reached a known world ends there. */
  private async check(schedule: Schedule): Promise<Divergence | null> {
    const play = await this.player.play(schedule, this.known);
    return this.judge(renderSeed(this.scenario.name, schedule), play);
  }

  judge(seed: string, play: Play): Divergence | null {
    const why = [
      ...(play.quiet ? [] : ['It never came to a sweep that writes nothing.']),
      ...(play.image === null ? [] : this.differences(play.image, play.failures.length > 0)),
    ];
    if (why.length > 0) return { seed, why, play };
    for (const key of play.keys) this.known.add(key);
    return null;
  }

  /** Where a job failed, the evidence it had is gone with it; everything else must be there. */
  private differences(image: Image, failed: boolean): readonly string[] {
    const { image: whole } = this.whole;
    if (whole === null) return [];
    const kind = failed ? 'withoutEvidence' : 'exact';
    if (image[kind] === whole[kind]) return [];
    return ['The world is another one:', ...difference(whole[kind], image[kind])];
  }

  async close(): Promise<void> {
    await this.player.close();
  }
}

function strikesFrom({ trace, busy }: Play, after: number): readonly Strike[] {
  return trace
    .slice(0, busy)
    .flatMap((call, index) =>
      index < after ? [] : blowsOf(call).map((blow) => ({ at: index + 1, blow })),
    );
}

/** Each three times, every subset, and every permutation. */
function disorders(all: readonly number[]): readonly (readonly number[])[] {
  const tripled = all.flatMap((index) => [index, index, index]);
  const subsets = all.reduce<readonly (readonly number[])[]>(
    (sets, index) => [...sets, ...sets.map((set) => [...set, index])],
    [[]],
  );
  return [tripled, [...all, ...all], ...subsets, ...permutations(all)];
}

function permutations(all: readonly number[]): readonly (readonly number[])[] {
  if (all.length < 2) return [all];
  return all.flatMap((first) =>
    permutations(all.filter((one) => one !== first)).map((rest) => [first, ...rest]),
  );
}

/** The lines that only one of two texts has. */
function difference(wanted: string, found: string): readonly string[] {
  const [left, right] = [wanted.split('\n'), found.split('\n')];
  const missing = left.filter((line) => !right.includes(line)).map((line) => `- ${line.trim()}`);
  const added = right.filter((line) => !left.includes(line)).map((line) => `+ ${line.trim()}`);
  return [...missing, ...added];
}
